/// One row of a grid, or its place while the page is on the way.
import { Checkbox } from 'antd';
import type { CSSProperties } from 'react';
import type { Column, Selection } from './grid';

interface RowProperties<Item> {
  id: string;
  index: number;
  top: number;
  template: CSSProperties;
  columns: Column<Item>[];
  item: Item | undefined;
  active: boolean;
  selection?: Selection<Item>;
  loading: string;
  onChoose: (index: number) => void;
  onOpen: (item: Item) => void;
  onPeek?: (item: Item) => void;
}

function Mark<Item>({ item, selection }: { item: Item; selection: Selection<Item> }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the mark must not open the row
    <div role="gridcell" tabIndex={-1} onClick={(event) => event.stopPropagation()}>
      <Checkbox
        tabIndex={-1}
        checked={selection.has(item)}
        aria-label={selection.label(item)}
        onChange={() => selection.toggle(item)}
      />
    </div>
  );
}

export function GridRow<Item>(properties: RowProperties<Item>) {
  const { item, columns, index, active, selection } = properties;
  const place = { ...properties.template, transform: `translateY(${properties.top}px)` };
  if (item === undefined) {
    return (
      <div role="row" tabIndex={-1} className="grid-row absent" style={place} aria-rowindex={index + 1}>
        <div role="gridcell" tabIndex={-1}>
          {properties.loading}
        </div>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself answers the keyboard
    <div
      role="row"
      tabIndex={-1}
      id={properties.id}
      className={active ? 'grid-row active' : 'grid-row'}
      style={place}
      aria-rowindex={index + 1}
      aria-selected={selection ? selection.has(item) : active}
      onClick={() => {
        properties.onChoose(index);
        (properties.onPeek ?? properties.onOpen)(item);
      }}
      onDoubleClick={() => properties.onOpen(item)}
    >
      {selection && <Mark item={item} selection={selection} />}
      {columns.map((column) => (
        <div role="gridcell" tabIndex={-1} key={column.name} className={column.align}>
          {column.render(item)}
        </div>
      ))}
    </div>
  );
}
