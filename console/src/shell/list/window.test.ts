import { describe, expect, it } from 'vitest';
import { KeysetWindow } from './window';

const total = 1_000_000;

function numbered(): { window: KeysetWindow<number>; asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  const window = new KeysetWindow<number>(async (after, limit) => {
    asked.push(after);
    const start = after ? Number(after) : 0;
    const items = Array.from({ length: Math.min(limit, total - start) }, (_, offset) => start + offset);
    const next = start + limit < total ? String(start + limit) : null;
    return { items, next, count: { value: 10_000, exact: false } };
  });
  return { window, asked };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

async function scrollTo(window: KeysetWindow<number>, rows: number): Promise<void> {
  while (window.snapshot().known < rows) {
    window.ensure(window.snapshot().known, window.snapshot().known);
    await settle();
  }
}

describe('a keyset window', () => {
  it('asks for a page once, however often it is looked at', async () => {
    const { window, asked } = numbered();
    window.ensure(0, 30);
    window.ensure(0, 30);
    await settle();
    window.ensure(0, 30);
    await settle();
    expect(asked).toEqual([undefined]);
    expect(window.row(30)).toBe(30);
  });

  it('keeps a bounded number of rows and fetches dropped ones again by their cursor', async () => {
    const { window, asked } = numbered();
    await scrollTo(window, 5_000);
    const held = Array.from({ length: 5_000 }, (_, index) => window.row(index)).filter(
      (row) => row !== undefined,
    );
    expect(held.length).toBe(2_000);
    expect(window.row(150)).toBeUndefined();
    window.ensure(150, 150);
    await settle();
    expect(window.row(150)).toBe(150);
    expect(asked.at(-1)).toBe('100');
  });

  it('says a failure and goes on after a retry', async () => {
    let fails = true;
    const window = new KeysetWindow<number>(async () => {
      if (fails) throw new Error('down');
      return { items: [7], next: null, count: { value: 1, exact: true } };
    });
    window.ensure(0, 0);
    await settle();
    expect(window.snapshot().error).toBeInstanceOf(Error);
    fails = false;
    window.retry();
    await settle();
    expect(window.snapshot()).toMatchObject({ known: 1, complete: true, error: null });
  });
});
