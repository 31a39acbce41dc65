import { expect, test } from 'vitest';
import type { PackFact } from '../../../api/types';
import { completed, factsIn, suggested, wordAt } from './completion';

function fact(name: string, zh: string, en: string): PackFact {
  return { name, type: 'integer', label: { zh, en }, values: [], derived: false };
}

const age = fact('customer.age', '\u5e74\u9f84', 'age in full years');
const name = fact('customer.name', '\u59d3\u540d', 'name');
const today = fact('day.today', '\u4eca\u65e5', 'today');
const facts = [name, age, today];

test('the word before the caret is what is being typed', () => {
  expect(wordAt('!customer.ag < 18', 12)).toEqual({ from: 1, text: 'customer.ag' });
  expect(wordAt('customer.age < ', 15)).toEqual({ from: 15, text: '' });
});

test('facts are found by their name and by their label in either language', () => {
  expect(suggested(facts, 'customer.a')).toEqual([age]);
  expect(suggested(facts, '\u5e74')).toEqual([age]);
  expect(suggested(facts, 'full')).toEqual([age]);
  expect(suggested(facts, 'c')).toEqual([]);
});

test('what is written out needs no suggestion', () => {
  expect(suggested(facts, 'customer.age')).toEqual([]);
});

test('a chosen fact takes the place of the word and leaves the rest', () => {
  expect(completed('!ag < 18', 3, 'customer.age')).toEqual({ text: '!customer.age < 18', caret: 13 });
});

test('the facts of an expression are told once, and texts are no facts', () => {
  expect(factsIn('customer.age < 18 || customer.age > 60 && x == "day.today"', facts)).toEqual([age]);
});
