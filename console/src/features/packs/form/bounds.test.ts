import { expect, test } from 'vitest';
import type { Table } from '../json';
import { bandSegments, gradeSegments, sumOf } from './bounds';

test('bands that meet leave neither gap nor overlap', () => {
  const bands: Table[] = [
    { id: 'a', below: 14 },
    { id: 'b', from: 14, up_to: 18 },
    { id: 'c', above: 18 },
  ];
  expect(bandSegments(bands).map(({ begins, meets }) => [begins, meets])).toEqual([
    [undefined, true],
    ['\u2265 14', true],
    ['> 18', true],
  ]);
});

test('a gap, an overlap and a bound too many are seen', () => {
  const meets = (...bands: Record<string, number>[]) => bandSegments(bands).map((one) => one.meets);
  expect(meets({ below: 14 }, { from: 15 })).toEqual([true, false]);
  expect(meets({ up_to: 14 }, { from: 14 })).toEqual([true, false]);
  expect(meets({ below: 14 }, { above: 14 })).toEqual([true, false]);
  expect(meets({ from: 0, below: 14 }, { from: 14 })).toEqual([false, true]);
});

test('grades share the totals that a card can give', () => {
  const grades: Table[] = [{ id: 'low', up_to: 40 }, { id: 'medium', up_to: 60 }, { id: 'high' }];
  const segments = gradeSegments(grades, 5);
  expect(segments.map(({ share }) => share)).toEqual([0.25, 0.25, 0.5]);
  expect(segments.map(({ begins }) => begins)).toEqual([undefined, '> 40', '> 60']);
  expect(gradeSegments([{ up_to: 60 }, { up_to: 50 }, {}], 5).map((one) => one.meets)).toEqual([
    true,
    false,
    true,
  ]);
});

test('weights sum as they are written', () => {
  expect(sumOf([{ weight: 33.33 }, { weight: 33.33 }, { weight: 33.34 }], 'weight')).toBe(100);
  expect(sumOf([{ weight: 0.1 }, { weight: 0.2 }, {}], 'weight')).toBe(0.3);
});
