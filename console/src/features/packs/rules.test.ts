import { expect, test } from 'vitest';
import type { PackEditionDetail, PackProblem } from '../../api/types';
import { addition, editsOf, headKey, type Rule, removal, ruleOfProblem, rulesOf } from './rules';

const text =
  '[[fact]]\nname = "a.b"\n\n[[bands]]\nid = "one"\nof = \'a.b\'\n\n[[bands]]\nid = "two"\nof = \'x\'\n';
const edition = {
  id: '1',
  pack: 'own',
  version: '1',
  label: { zh: 'z', en: 'e' },
  effective_from: '2026-01-01',
  builds_on: ['cn-base'],
  sources: [{ id: 's', title: 't', number: null, issuer: 'i', used_for: null, confidence: 'read' }],
  files: { 'rules.toml': text },
  rules: [
    { kind: 'fact', id: 'a.b', file: 'rules.toml', place: 0, table: { name: 'a.b' } },
    { kind: 'bands', id: 'one', file: 'rules.toml', place: 0, table: { id: 'one', of: 'a.b' } },
    { kind: 'bands', id: 'two', file: 'rules.toml', place: 1, table: { id: 'two', of: 'x' } },
  ],
} as unknown as PackEditionDetail;
const rules = rulesOf(edition);
const two = rules[3] as Rule;

function problem(line: number, excerpt: string, file = 'rules.toml'): PackProblem {
  return { file, line, column: 1, code: 'x', reason: { zh: '', en: '' }, excerpt };
}

test('a change of a rule is said by its kind and place, one of the pack itself by its key', () => {
  expect(editsOf(rules, { [two.key]: { id: 'two', of: 'a.b' } })).toEqual([
    { file: 'rules.toml', path: ['bands', 1, 'of'], value: 'a.b' },
  ]);
  const head = rules[0] as Rule;
  expect(editsOf(rules, { [headKey]: { ...head.table, effective_from: '2027-01-01' } })).toEqual([
    { file: 'pack.toml', path: ['effective_from'], value: '2027-01-01' },
  ]);
});

test('the head of a pack says what it builds on and who issued its sources', () => {
  const { table } = rules[0] as Rule;
  expect(table.builds_on).toEqual(['cn-base']);
  expect(table.source).toEqual([{ id: 's', title: 't', issuer: 'i', confidence: 'read' }]);
});

test('a new rule stands behind the last of its kind', () => {
  expect(addition(rules, [], 'bands', { id: 'three' })).toEqual({
    file: 'rules.toml',
    path: ['bands', 2],
    value: { id: 'three' },
  });
  expect(addition(rules, [], 'mask', { id: 'm' })).toEqual({
    file: 'rules.toml',
    path: ['mask'],
    value: [{ id: 'm' }],
  });
  const empty = rules.slice(0, 1);
  expect(addition(empty, ['pack.toml', 'own.toml'], 'mask', { id: 'm' })?.file).toBe('own.toml');
  expect(removal(two)).toEqual({ file: 'rules.toml', path: ['bands', 1] });
});

test('a problem belongs to the rule in whose lines it is', () => {
  expect(ruleOfProblem(problem(6, "of = 'a.b'"), rules, text, new Set())).toBe('bands rules.toml 0');
  expect(ruleOfProblem(problem(3, '', 'pack.toml'), rules, text, new Set())).toBe(headKey);
});

test('a line that was not saved belongs to the nearest rule that was changed', () => {
  expect(ruleOfProblem(problem(6, "of = 'a.c'"), rules, text, new Set([two.key]))).toBe(two.key);
  expect(ruleOfProblem(problem(6, "of = 'a.b'"), rules, text, new Set([two.key]))).toBe('bands rules.toml 0');
});

test('a problem that names its rule belongs to it wherever its line is', () => {
  const named = { ...problem(6, "of = 'a.b'"), kind: 'bands', rule: 'two' };
  expect(ruleOfProblem(named, rules, text, new Set())).toBe(two.key);
  const twice = [...rules, { ...two, key: 'bands rules.toml 2', place: 2 }];
  expect(ruleOfProblem(named, twice, text, new Set())).toBe('bands rules.toml 0');
  expect(ruleOfProblem({ ...named, rule: 'gone' }, rules, text, new Set())).toBe('bands rules.toml 0');
});
