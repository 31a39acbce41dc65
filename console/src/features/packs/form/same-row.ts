/// Whether a row looks as it did: whoever types in one of many rows does not wait for the others.
import type { Table } from '../json';
import type { Choice, Field, Rows } from '../kinds/shapes';

export interface RowLook {
  rows: Rows;
  row: Table;
  rule: Table;
  isOpen: boolean;
  place: number;
  count: number;
}

function isSameList(one: Choice[], other: Choice[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ value, label }, place) => value === other[place]?.value && label === other[place]?.label)
  );
}

/// What a field takes of the rule around it.
function takesTheSame(field: Field, one: Table, other: Table): boolean {
  if (typeof field.type === 'function' && field.type(one) !== field.type(other)) return false;
  return field.choices === undefined || isSameList(field.choices(one), field.choices(other));
}

export function looksTheSame(one: RowLook, other: RowLook): boolean {
  const isUnmoved = one.place === other.place && one.count === other.count && one.isOpen === other.isOpen;
  if (!isUnmoved || one.row !== other.row || one.rows !== other.rows) return false;
  const fields = [...one.rows.fields, ...(one.rows.nested?.fields ?? [])];
  return one.rule === other.rule || fields.every((field) => takesTheSame(field, one.rule, other.rule));
}
