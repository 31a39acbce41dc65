import { expect, test } from 'vitest';
import { filesOf } from './skeleton';

const wanted = {
  id: 'own-rules',
  zh: 'z',
  en: 'say "e"',
  layer: 'institution',
  from: '2026-01-31',
  source: 's',
};

test('a new pack says who it is, and has a file for its rules', () => {
  const files = filesOf(wanted);
  expect(Object.keys(files)).toEqual(['pack.toml', 'rules.toml']);
  expect(files['pack.toml']).toContain(
    'effective_from = 2026-01-31\nlabel = { zh = "z", en = "say \\"e\\"" }\n',
  );
});

test('only a pack of a branch names its branch', () => {
  const branch = { ...wanted, branch: '0571' };
  expect(filesOf(branch)['pack.toml']).not.toContain('branch =');
  expect(filesOf({ ...branch, layer: 'branch' })['pack.toml']).toContain('branch = "0571"\n');
});
