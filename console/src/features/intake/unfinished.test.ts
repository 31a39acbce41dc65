// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetImport, rememberImport, unfinishedImport, unfinishedImports } from './unfinished';

const week = 7 * 24 * 60 * 60 * 1000;

describe('an unfinished import', () => {
  beforeEach(() => localStorage.clear());

  it('is found again with its mapping after the page was left', () => {
    rememberImport('7', { file: 'clients.csv' });
    rememberImport('7', { draft: { header: 'none', chosen: { column_1: 'name' }, saveAs: '' } });
    expect(unfinishedImport('7')).toMatchObject({
      file: 'clients.csv',
      draft: { chosen: { column_1: 'name' } },
    });
  });

  it('stands before older ones, once', () => {
    rememberImport('1', { file: 'a.csv' });
    rememberImport('2', { file: 'b.csv' });
    rememberImport('1', { source: 'core' });
    expect(unfinishedImports().map(({ upload }) => upload)).toEqual(['1', '2']);
  });

  it('is forgotten when it was imported, and when the server has forgotten the file', () => {
    rememberImport('1', { file: 'a.csv' });
    expect(unfinishedImports(Date.now() + week)).toEqual([]);
    forgetImport('1');
    expect(unfinishedImports()).toEqual([]);
  });

  it('does not stumble over what it did not write', () => {
    localStorage.setItem('hubu.imports.', '[{"upload":1},"x",null]');
    expect(unfinishedImports()).toEqual([]);
    localStorage.setItem('hubu.imports.', 'not json');
    expect(unfinishedImports()).toEqual([]);
  });
});
