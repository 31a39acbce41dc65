/// What several kinds of rules have in common.
import { rowsOf, type Table, textOf } from '../json';
import type { Choice, Field, FieldType, Rows } from './shapes';

export const label: Field = { name: 'label', type: 'label' };
export const article: Field = { name: 'article', type: 'text', optional: true };
/// What stands at the head of every rule.
export const head: Field[] = [label, { name: 'source', type: 'source' }, article];
export const id: Field = { name: 'id', type: 'text' };
export const when: Field = { name: 'when', type: 'expression' };
export const given: Field = { name: 'given', type: 'given' };
export const missing: Choice = { value: 'missing' };

/// The rows of a table as choices, by their ids.
export function rowsAsChoices(rule: Table, name: string, key = 'id'): Choice[] {
  return rowsOf(rule[name]).map((row) => ({ value: textOf(row[key]), label: row.label }));
}

export function choicesOf(...values: (string | boolean)[]): () => Choice[] {
  const choices = values.map((value) => ({ value }));
  return () => choices;
}

/// An id that no row has yet.
export function freshId(rows: Table[], key = 'id'): string {
  const taken = new Set(rows.map((row) => row[key]));
  let number = rows.length + 1;
  while (taken.has(`new-${number}`)) number += 1;
  return `new-${number}`;
}

export function labelled(rows: Table[]): Table {
  return { id: freshId(rows), label: { zh: '', en: '' } };
}

/// Examples that give values of facts.
export function examples(...expected: Field[]): Rows {
  return { name: 'example', fields: [given, ...expected], fresh: () => ({ given: {} }) };
}

/// Examples that give one value.
export function plainExamples(word: string, type: FieldType, expected: Field): Rows {
  return { name: 'example', fields: [{ name: 'given', word, type }, expected], fresh: () => ({}) };
}
