import { describe, expect, it } from 'vitest';
import type { Mapping, Preview } from '../../api/types';
import { contested, mappingOf } from './draft';

const preview: Preview = {
  format: 'csv',
  sheets: [],
  columns: [
    { column: '姓名', samples: [], attribute: 'name', confidence: 1 },
    { column: '备注', samples: [], attribute: null, confidence: 0 },
    { column: '手机', samples: [], attribute: 'mobile', confidence: 0.9 },
  ],
};

function mapped(chosen: Record<string, string | null>) {
  return mappingOf(preview, { header: 'first_row', chosen, saveAs: '', keyColumn: '备注' }, undefined);
}

const saved: Mapping = {
  name: 'monthly',
  header: 'first_row',
  key_column: '备注',
  columns: [],
  fixed: [{ attribute: 'party_kind', value: 'organisation' }],
  blank_marks: ['-0-'],
  updated_at: '2026-01-31T08:00:00Z',
};

describe('a mapping', () => {
  it('keeps every column, also those that nobody recognised', () => {
    expect(mapped({}).columns.map(({ attribute }) => attribute)).toEqual(['name', null, 'mobile']);
  });

  it('lets the person take a proposal back', () => {
    expect(mapped({ 手机: null }).columns[2]).toEqual({ column: '手机', attribute: null });
  });

  it('takes along what a saved mapping says beyond its columns', () => {
    const draft = { header: 'first_row', chosen: {}, saveAs: '' } as const;
    expect(mappingOf(preview, draft, saved)).toMatchObject({
      key_column: '备注',
      fixed: saved.fixed,
      blank_marks: ['-0-'],
    });
    expect(mappingOf(preview, { ...draft, keyColumn: null }, saved).key_column).toBeNull();
  });

  it('names attributes that two columns want to fill, unless they hold many values', () => {
    expect(contested(mapped({ 备注: 'name', 手机: 'name' }), () => false)).toEqual(['name']);
    expect(contested(mapped({ 备注: 'mobile' }), (attribute) => attribute === 'mobile')).toEqual([]);
  });
});
