import { expect, test } from 'vitest';
import { filePattern } from './file-buttons';

test('the name of a file leads nowhere else', () => {
  for (const name of ['rules.toml', 'rules/limits-1.toml', 'a/b/c.d.toml']) expect(name).toMatch(filePattern);
  for (const name of ['rules', '.toml', '../a.toml', '/a.toml', 'a//b.toml', '.git/a.toml', 'a b.toml']) {
    expect(name).not.toMatch(filePattern);
  }
});
