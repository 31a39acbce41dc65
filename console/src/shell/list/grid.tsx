/// A list of any length: only visible rows exist in the page; j/k, arrows, Enter and Space work.
import { useVirtualizer } from '@tanstack/react-virtual';
import { Skeleton } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useLocalization } from '../../i18n';
import { useHotkeys } from '../hotkeys';
import { Failed } from '../states';
import { GridRow } from './row';
import type { ListWindow } from './use-window';

export interface Column<Item> {
  name: string;
  title: string;
  /// A track of the grid, for example `120px` or `minmax(160px, 2fr)`.
  width: string;
  align?: 'right';
  render: (item: Item) => ReactNode;
}

export interface Selection<Item> {
  has: (item: Item) => boolean;
  toggle: (item: Item) => void;
  label: (item: Item) => string;
}

interface GridProperties<Item> {
  label: string;
  list: ListWindow<Item>;
  columns: Column<Item>[];

  onOpen: (item: Item) => void;
  onPeek?: (item: Item) => void;
  /// While a row is looked at beside the list, moving looks at the next one.
  isPeeking?: boolean;
  /// Rows that something is to be done with; x takes one up and lets it go.
  selection?: Selection<Item>;
  empty: ReactNode;
}

const rowHeight = 24;
const markWidth = '18px';

function useActiveRow<Item>(properties: GridProperties<Item>, scrollToIndex: (index: number) => void) {
  const { list, onOpen, onPeek, isPeeking, selection } = properties;
  const [active, setActive] = useState(list.window.active);
  useEffect(() => setActive(list.window.active), [list.window]);
  function move(by: number): void {
    const target = Math.max(0, Math.min(list.snapshot.known - 1, active + by));
    list.window.active = target;
    setActive(target);
    scrollToIndex(target);
    const item = list.window.row(target);
    if (isPeeking && item !== undefined) onPeek?.(item);
  }
  function act(action: ((item: Item) => void) | undefined): void {
    const item = list.window.row(active);
    if (item !== undefined) action?.(item);
  }
  const down = () => move(1);
  const up = () => move(-1);
  useHotkeys({
    j: down,
    ArrowDown: down,
    k: up,
    ArrowUp: up,
    PageDown: () => move(20),
    PageUp: () => move(-20),
    Home: () => move(-active),
    x: () => act(selection?.toggle),
    Enter: (event) => {
      // A focused link or button keeps its own meaning of Enter.
      if (event.target instanceof HTMLElement && event.target.closest('a,button'))
        return event.target.click();
      act(onOpen);
    },
    ' ': (event) => {
      if (event.target instanceof HTMLElement && event.target.closest('button')) return event.target.click();
      act(onPeek ?? onOpen);
    },
  });
  function choose(index: number): void {
    list.window.active = index;
    setActive(index);
  }
  return { active, choose };
}

function LoadingRows() {
  return (
    <div className="grid-loading">
      <Skeleton active title={false} paragraph={{ rows: 12, width: '100%' }} />
    </div>
  );
}

export function Grid<Item>(properties: GridProperties<Item>) {
  const { list, columns, label, empty } = properties;
  const { t } = useLocalization();
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const { snapshot, window } = list;
  const virtual = useVirtualizer({
    count: snapshot.known + (snapshot.complete ? 0 : 1),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
    initialOffset: window.scrollOffset,
  });
  const { active, choose } = useActiveRow(properties, (index) => virtual.scrollToIndex(index));
  const rows = virtual.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows[rows.length - 1]?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version may need the next page
  useEffect(() => window.ensure(first, last), [window, first, last, snapshot.version]);
  useEffect(() => {
    scroller.current?.scrollTo({ top: window.scrollOffset });
  }, [window]);
  const { selection } = properties;
  const widths = columns.map((column) => column.width);
  const template = { gridTemplateColumns: [...(selection ? [markWidth] : []), ...widths].join(' ') };
  if (snapshot.error) return <Failed error={snapshot.error} retry={() => window.retry()} />;
  if (snapshot.complete && snapshot.known === 0) return empty;
  if (snapshot.known === 0) return <LoadingRows />;
  return (
    <div
      className="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={snapshot.complete ? snapshot.known : -1}
      aria-multiselectable={selection !== undefined}
      aria-activedescendant={`${id}-${active}`}
      tabIndex={0}
      ref={scroller}
      onScroll={(event) => {
        window.scrollOffset = event.currentTarget.scrollTop;
      }}
    >
      <div role="row" className="grid-head" style={template} tabIndex={-1}>
        {selection && (
          <div role="columnheader" tabIndex={-1}>
            <span className="hidden">{t('shell.selected')}</span>
          </div>
        )}
        {columns.map((column) => (
          <div role="columnheader" key={column.name} className={column.align} tabIndex={-1}>
            {column.title}
          </div>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {rows.map((row) => (
          <GridRow
            key={row.index}
            id={`${id}-${row.index}`}
            index={row.index}
            top={row.start}
            template={template}
            columns={columns}
            item={window.row(row.index)}
            active={row.index === active}
            selection={selection}
            loading={t('shell.loading')}
            onChoose={choose}
            onOpen={properties.onOpen}
            onPeek={properties.onPeek}
          />
        ))}
      </div>
    </div>
  );
}
