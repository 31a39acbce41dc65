import { expect, test } from 'vitest';
import { together } from './use-draft';

test('nothing more is said of a file that is removed', () => {
  const edit = (file: string) => ({ file, path: ['a'], value: 1 });
  const pending = { edits: [edit('one.toml'), edit('two.toml')], files: { 'two.toml': 'a = 2' } };
  expect(together(pending, { edits: [], files: { 'two.toml': null } })).toEqual({
    edits: [edit('one.toml')],
    files: { 'two.toml': null },
  });
});
