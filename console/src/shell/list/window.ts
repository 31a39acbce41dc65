/// A bounded window onto a list of any length: pages are fetched when they are looked at, remembered by
/// their cursor, and dropped again when many newer ones have been looked at.
import type { Count, Page } from '../../api/types';

export type FetchPage<Item> = (after: string | undefined, limit: number) => Promise<Page<Item>>;

export interface Snapshot {
  /// Rows whose page has been seen, whether or not it is still in memory.
  known: number;
  complete: boolean;
  count: Count | null;
  error: unknown;
  version: number;
}

interface Slot<Item> {
  cursor: string | undefined;
  start: number;
  items: Item[] | null;
  pending: boolean;
  touched: number;
}

const pageSize = 100;
const pagesInMemory = 20;

export class KeysetWindow<Item> {
  scrollOffset = 0;
  active = 0;
  readonly created = Date.now();
  private readonly fetchPage: FetchPage<Item>;
  private readonly slots: Slot<Item>[] = [
    { cursor: undefined, start: 0, items: null, pending: false, touched: 0 },
  ];
  private readonly listeners = new Set<() => void>();
  private clock = 0;
  private state: Snapshot = { known: 0, complete: false, count: null, error: null, version: 0 };

  constructor(fetchPage: FetchPage<Item>) {
    this.fetchPage = fetchPage;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): Snapshot => this.state;

  /// The row if its page is in memory.
  row(index: number): Item | undefined {
    const slot = this.slotOf(index);
    if (!slot?.items) return undefined;
    slot.touched = ++this.clock;
    return slot.items[index - slot.start];
  }

  /// Fetches what is missing to show the rows `first..=last`.
  ensure(first: number, last: number): void {
    if (this.state.error) return;
    for (const slot of this.slots) {
      const next = this.slots[this.slots.indexOf(slot) + 1];
      const end = next ? next.start - 1 : Number.POSITIVE_INFINITY;
      if (slot.start <= last && end >= first && !slot.items && !slot.pending) void this.load(slot);
    }
  }

  retry(): void {
    this.publish({ error: null });
    this.ensure(0, this.state.known);
  }

  replace(index: number, item: Item): void {
    const slot = this.slotOf(index);
    if (!slot?.items) return;
    slot.items[index - slot.start] = item;
    this.publish({});
  }

  private slotOf(index: number): Slot<Item> | undefined {
    let low = 0;
    let high = this.slots.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.slots[middle]?.start ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return this.slots[low];
  }

  private async load(slot: Slot<Item>): Promise<void> {
    slot.pending = true;
    try {
      const page = await this.fetchPage(slot.cursor, pageSize);
      slot.items = page.items;
      slot.touched = ++this.clock;
      this.extend(slot, page);
      this.dropOldest();
    } catch (error) {
      this.publish({ error });
    } finally {
      slot.pending = false;
    }
  }

  private extend(slot: Slot<Item>, page: Page<Item>): void {
    const isLast = this.slots[this.slots.length - 1] === slot;
    if (!isLast) {
      this.publish({ count: page.count });
      return;
    }
    const known = slot.start + page.items.length;
    const next = page.next ?? undefined;
    if (next !== undefined) {
      this.slots.push({ cursor: next, start: known, items: null, pending: false, touched: 0 });
    }
    this.publish({ known, complete: next === undefined, count: page.count });
  }

  private dropOldest(): void {
    const loaded = this.slots.filter((slot) => slot.items !== null).sort((a, b) => a.touched - b.touched);
    for (const slot of loaded.slice(0, Math.max(0, loaded.length - pagesInMemory))) slot.items = null;
  }

  private publish(change: Partial<Snapshot>): void {
    this.state = { ...this.state, ...change, version: this.state.version + 1 };
    for (const listener of this.listeners) listener();
  }
}

const remembered = new Map<string, KeysetWindow<unknown>>();
const windowsRemembered = 6;
const freshMilliseconds = 120_000;

/// The window of a list, kept while one looks at a detail, so that going back finds the same row.
export function windowOf<Item>(name: string, fetchPage: FetchPage<Item>): KeysetWindow<Item> {
  const known = remembered.get(name) as KeysetWindow<Item> | undefined;
  if (known && Date.now() - known.created < freshMilliseconds && !known.snapshot().error) return known;
  const created = new KeysetWindow(fetchPage);
  remembered.set(name, created as KeysetWindow<unknown>);
  const oldest = remembered.keys().next().value;
  if (remembered.size > windowsRemembered && oldest !== undefined) remembered.delete(oldest);
  return created;
}

const forgetting = new Set<() => void>();

/// Called after a change and at sign-out: what was listed may no longer be so, or be nobody's business.
export function forgetWindows(prefix = ''): void {
  for (const name of [...remembered.keys()]) if (name.startsWith(prefix)) remembered.delete(name);
  for (const listener of forgetting) listener();
}

export function onForget(listener: () => void): () => void {
  forgetting.add(listener);
  return () => forgetting.delete(listener);
}
