/// What stands in a table of a pack's file, and how a form changes it without touching the rest.

export type Json = string | number | boolean | Json[] | Table;

export interface Table {
  [key: string]: Json;
}

/// A step into a table: a key of a table, or a place in a list from 0.
export type Place = string | number;

export function isTable(value: Json | undefined): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/// The tables of a list; what is no table is left out.
export function rowsOf(value: Json | undefined): Table[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}

export function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/// The table with another value at a key; without the key where there is none.
export function withValue(table: Table, key: string, value: Json | undefined): Table {
  if (value !== undefined) return { ...table, [key]: value };
  const { [key]: _gone, ...rest } = table;
  return rest;
}

export function replacedAt<Item>(list: readonly Item[], place: number, item: Item): Item[] {
  return list.map((one, index) => (index === place ? item : one));
}

export function withoutAt<Item>(list: readonly Item[], place: number): Item[] {
  return list.filter((_, index) => index !== place);
}

/// The list with one item moved up (-1) or down (1); the same where there is no room.
export function movedAt<Item>(list: readonly Item[], place: number, by: -1 | 1): Item[] {
  const [one, other] = [list[place], list[place + by]];
  if (one === undefined || other === undefined) return [...list];
  return replacedAt(replacedAt(list, place, other), place + by, one);
}

/// Whether both say the same, whatever the order of keys.
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  if (!isTable(one) || !isTable(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => isSame(one[key], other[key]));
}
