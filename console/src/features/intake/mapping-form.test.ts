import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../api/types';
import { mappingOfValues, valuesOf } from './mapping-form';

const mapping: Mapping = {
  name: 'monthly',
  header: 'none',
  key_column: 'column_1',
  columns: [
    { column: 'column_2', attribute: 'name' },
    { column: 'column_3', attribute: null },
  ],
  fixed: [{ attribute: 'party_kind', value: 'organisation' }],
  blank_marks: ['-0-'],
  updated_at: '2026-01-31T08:00:00Z',
};

describe('a saved mapping in a form', () => {
  it('comes back as it went in', () => {
    const { name, updated_at, ...said } = mapping;
    expect(mappingOfValues(valuesOf(mapping))).toEqual(said);
  });

  it('has no key column when that was cleared', () => {
    expect(mappingOfValues({ ...valuesOf(mapping), key_column: ' ' }).key_column).toBeNull();
  });
});
