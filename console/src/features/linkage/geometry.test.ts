import { expect, test } from 'vitest';
import { acrossOf, extremes, lineOf, nought, pointAt, spanOf } from './geometry';

const points = [
  { bits: -10, precision: 0.5, recall: 1 },
  { bits: 0, precision: 0.75, recall: 0.9 },
  { bits: 10, precision: 1, recall: 0.5 },
];

test('a bar goes from nought to what is said, and no further than the scale', () => {
  expect(nought).toBeCloseTo(1 / 3);
  expect(spanOf(5)).toEqual({ left: nought, width: expect.closeTo(1 / 6) });
  expect(spanOf(-5).left).toBeCloseTo(1 / 6);
  expect(spanOf(99).width).toBeCloseTo(2 / 3);
});

test('frequent values say less than rare ones, for and against', () => {
  expect(extremes([1, 3, 17.25])).toEqual({ weakest: 1, strongest: 17.25 });
  expect(extremes([-8])).toEqual({ weakest: -8, strongest: -8 });
  expect(extremes([])).toEqual({ weakest: 0, strongest: 0 });
});

test('a line goes through every point, best at the top', () => {
  expect(lineOf(points, (point) => point.recall, 100, 10)).toBe('0.0,0.0 50.0,1.0 100.0,5.0');
  expect(acrossOf(points, 5.6)).toBeCloseTo(0.78);
  expect(acrossOf([], 3)).toBe(1);
});

test('a threshold between two points is worth what the lower one promises', () => {
  expect(pointAt(points, 5.6)?.precision).toBe(0.75);
  expect(pointAt(points, -99)?.precision).toBe(0.5);
});
