import { expect, test } from 'vitest';
import { isWanted } from './rule-filter';

test('a rule is looked for by anything that is told of it, and by its kind', () => {
  const told = ['large-cash', '大额', 'Large cash', null, undefined];
  const wanted = (text: string, kind?: string) => isWanted({ text, kind }, 'condition', told);
  expect(wanted('')).toBe(true);
  expect(wanted(' LARGE ')).toBe(true);
  expect(wanted('大额', 'condition')).toBe(true);
  expect(wanted('大额', 'mask')).toBe(false);
  expect(wanted('null')).toBe(false);
});
