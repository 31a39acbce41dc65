import { expect, test } from 'vitest';
import { standings } from './progress';

const draft = { state: 'draft', revision: 2, problems: 0, tested: undefined } as const;

test('a draft with problems stops at the check', () => {
  expect(standings({ ...draft, problems: 1, tested: 2 })).toEqual([
    'finish',
    'error',
    'wait',
    'wait',
    'wait',
  ]);
});

test('a back-test counts for the revision that it tried', () => {
  expect(standings(draft)[2]).toBe('process');
  expect(standings({ ...draft, tested: 1 })[2]).toBe('process');
  expect(standings({ ...draft, tested: 2 }).slice(2)).toEqual(['finish', 'process', 'wait']);
});

test('a proposal waits for the second person, an approval is the end', () => {
  expect(standings({ ...draft, state: 'proposed', tested: 2 }).at(-1)).toBe('process');
  expect(standings({ ...draft, state: 'approved', tested: 2 })).toEqual(Array(5).fill('finish'));
});
