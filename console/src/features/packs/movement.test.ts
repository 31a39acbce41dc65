import { expect, test } from 'vitest';
import type { Verdict } from '../../api/types';
import { contributions, matrixOf } from './movement';

const known = ['low', 'medium', 'high'];
const moves = [
  { from: 'low', to: 'low', customers: 9000 },
  { from: 'low', to: 'high', customers: 100 },
  { from: 'high', to: 'medium', customers: 1 },
  { from: 'missing', to: 'low', customers: 3 },
];

test('outcomes stand in the order of the rule, unknown ones behind them', () => {
  const { outcomes, rows } = matrixOf(moves, known);
  expect(outcomes).toEqual(['low', 'medium', 'high', 'missing']);
  expect(rows.map(({ cells }) => cells.map(({ customers }) => customers))).toEqual([
    [9000, 0, 100, 0],
    [0, 0, 0, 0],
    [0, 1, 0, 0],
    [3, 0, 0, 0],
  ]);
});

test('a move has a direction where both outcomes have a place', () => {
  const { rows } = matrixOf(moves, known);
  const direction = (from: number, to: number) => rows[from]?.cells[to]?.direction;
  expect([direction(0, 0), direction(0, 2), direction(2, 1), direction(3, 0)]).toEqual([
    'same',
    'up',
    'down',
    'other',
  ]);
});

test('the most frequent move is the strongest, nobody is nothing', () => {
  const { rows } = matrixOf(moves, known);
  expect(rows[0]?.cells[2]?.strength).toBeCloseTo(1);
  expect(rows[2]?.cells[1]?.strength).toBeGreaterThan(0.2);
  expect(rows[0]?.cells[1]?.strength).toBe(0);
  expect(matrixOf([], known)).toEqual({ outcomes: [], rows: [] });
});

function verdict(...items: [string, number, number][]): Verdict {
  const label = { zh: 'x', en: 'x' };
  return {
    outcome: 'low',
    missing: [],
    reasons: items.map(([id, weight, score]) => ({ part: 'item', id, label, weight, score, prudent: false })),
  };
}

test('only items that give other points are told, the largest difference first', () => {
  const before = verdict(['age', 10, 1], ['cash', 20, 3], ['same', 5, 5]);
  const after = verdict(['age', 10, 5], ['cash', 25, 3], ['same', 5, 5], ['new', 1, 1]);
  const told = contributions(before, after, 5).map((one) => [one.id, one.before, one.after]);
  expect(told).toEqual([
    ['age', 2, 10],
    ['cash', 12, 15],
    ['new', 0, 0.2],
  ]);
  expect(contributions(null, undefined, 5)).toEqual([]);
});
