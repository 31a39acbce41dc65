import { expect, test } from 'vitest';
import { pickedOf, timeOf } from './times';

test('a day opens at 00:00 and closes at 24:00, which a picker shows alike', () => {
  expect(timeOf(pickedOf('24:00'), true)).toBe('24:00');
  expect(timeOf(pickedOf('00:00'), false)).toBe('00:00');
  expect(timeOf(pickedOf('17:30'), true)).toBe('17:30');
});
