/// A saved mapping as a form holds it, and back.
import type { Mapping, NewMapping } from '../../api/types';
import { asGiven } from './attribute-options';

export interface MappingValues {
  name: string;
  header: NewMapping['header'];
  key_column?: string;
  columns: { column: string; attribute?: string }[];
  fixed: NewMapping['fixed'];
  blank_marks: string[];
}

export function valuesOf(mapping: Mapping): MappingValues {
  return {
    name: mapping.name,
    header: mapping.header,
    key_column: mapping.key_column ?? undefined,
    columns: mapping.columns.map(({ column, attribute }) => ({ column, attribute: attribute ?? asGiven })),
    fixed: mapping.fixed,
    blank_marks: mapping.blank_marks ?? [],
  };
}

export function mappingOfValues(values: MappingValues): NewMapping {
  return {
    header: values.header,
    key_column: values.key_column?.trim() || null,
    columns: values.columns.map(({ column, attribute }) => ({
      column: column.trim(),
      attribute: attribute || null,
    })),
    fixed: values.fixed,
    blank_marks: values.blank_marks,
  };
}
