import { expect, test } from 'vitest';
import type { Table } from '../json';
import { kindOf } from '../kinds/kinds';
import type { Rows } from '../kinds/shapes';
import { looksTheSame } from './same-row';

const low: Table = { id: 'low', label: { zh: 'z', en: 'low' } };
const high: Table = { id: 'high', label: { zh: 'z', en: 'high' } };
const floor: Table = { id: 'f', grade: 'low' };
const card: Table = { levels: 5, grade: [low, high], item: [], floor: [floor] };
const floors = kindOf('scorecard')?.rows.find(({ name }) => name === 'floor') as Rows;
const look = { rows: floors, row: floor, rule: card, isOpen: false, place: 0, count: 1 };

test('a row waits for no change elsewhere in the rule', () => {
  expect(looksTheSame(look, { ...look, rule: { ...card, item: [low] } })).toBe(true);
});

test('a row changes with its values, its place and what it offers', () => {
  expect(looksTheSame(look, { ...look, row: { ...floor } })).toBe(false);
  expect(looksTheSame(look, { ...look, count: 2 })).toBe(false);
  expect(looksTheSame(look, { ...look, rule: { ...card, grade: [low] } })).toBe(false);
});

test('a row of a decision follows how the table hits', () => {
  const examples = kindOf('decision')?.rows.find(({ name }) => name === 'example') as Rows;
  const table: Table = { hit: 'first', outcome: [low] };
  const before = { ...look, rows: examples, rule: table };
  expect(looksTheSame(before, { ...before, rule: { ...table, hit: 'collect' } })).toBe(false);
});
