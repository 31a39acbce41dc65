/// The mapping a person is putting together for an upload, kept while the page is left and come back to.
import { useState } from 'react';
import type { Mapping, NewMapping, Preview } from '../../api/types';
import { rememberImport, unfinishedImport } from './unfinished';

export interface Draft {
  /// The name of a saved mapping to start from.
  mappingName?: string;
  sheet?: string;
  header: NewMapping['header'];
  /// None if the person took the proposed one back.
  keyColumn?: string | null;
  /// What the person chose; a column that is not named keeps what the preview proposed.
  chosen: Record<string, string | null>;
  saveAs: string;
}

const untouched: Draft = { header: 'first_row', chosen: {}, saveAs: '' };

export function useDraft(upload: string): [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => unfinishedImport(upload)?.draft ?? untouched);
  function change(changed: Partial<Draft>): void {
    const next = { ...draft, ...changed };
    setDraft(next);
    rememberImport(upload, { draft: next });
  }
  return [draft, change];
}

/// The saved mapping to start from: the one that was chosen, else the one that fits the file.
export function savedMapping(
  preview: Preview | undefined,
  draft: Draft,
  mappings: Mapping[],
): Mapping | undefined {
  const name = draft.mappingName ?? preview?.saved_mapping;
  return mappings.find((mapping) => mapping.name === name);
}

/// The column of the source's own key: the person's choice, else that of the saved mapping.
export function keyColumnOf(draft: Draft, saved: Mapping | undefined): string | null {
  return draft.keyColumn === undefined ? (saved?.key_column ?? null) : draft.keyColumn;
}

/// The mapping that is sent: proposals of the preview with the person's choices over them. What a saved mapping
/// says beyond its columns goes along.
export function mappingOf(preview: Preview, draft: Draft, saved: Mapping | undefined): NewMapping {
  return {
    header: draft.header,
    key_column: keyColumnOf(draft, saved),
    columns: preview.columns.map(({ column, attribute }) => ({
      column,
      attribute: column in draft.chosen ? draft.chosen[column] : (attribute ?? null),
    })),
    fixed: saved?.fixed ?? [],
    blank_marks: saved?.blank_marks ?? [],
  };
}

/// Attributes that can hold one value but are fed by several columns.
export function contested(mapping: NewMapping, isMultiple: (attribute: string) => boolean): string[] {
  const times = new Map<string, number>();
  for (const { attribute } of mapping.columns) {
    if (attribute && !isMultiple(attribute)) times.set(attribute, (times.get(attribute) ?? 0) + 1);
  }
  return [...times].filter(([, count]) => count > 1).map(([attribute]) => attribute);
}
