/// Imports that were begun and not finished, remembered in this browser for the account: file name, source, trial and
/// the mapping as far as it was put together. No cell of the file is among it; the server keeps the file for a week.
import { queryClient, sessionQuery } from '../../api/queries';
import type { Draft } from './draft';

export interface UnfinishedImport {
  upload: string;
  file: string;
  /// When something was changed last, in milliseconds.
  at: number;
  source?: string;
  trial?: string;
  draft?: Draft;
}

const mostRemembered = 8;
const uploadsKeptMilliseconds = 7 * 24 * 60 * 60 * 1000;

function storageName(): string {
  return `hubu.imports.${queryClient.getQueryData(sessionQuery.queryKey)?.account.name ?? ''}`;
}

function isUnfinished(value: unknown): value is UnfinishedImport {
  const known = value as Partial<UnfinishedImport> | null;
  return typeof known?.upload === 'string' && typeof known.file === 'string' && typeof known.at === 'number';
}

/// Latest first. What an older release or somebody else wrote there is passed over.
export function unfinishedImports(now = Date.now()): UnfinishedImport[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageName()) ?? '[]');
    const known = Array.isArray(stored) ? stored.filter(isUnfinished) : [];
    return known.filter(({ at }) => now - at < uploadsKeptMilliseconds).sort((a, b) => b.at - a.at);
  } catch {
    return [];
  }
}

export function unfinishedImport(upload: string): UnfinishedImport | undefined {
  return unfinishedImports().find((known) => known.upload === upload);
}

function keep(imports: UnfinishedImport[]): void {
  localStorage.setItem(storageName(), JSON.stringify(imports.slice(0, mostRemembered)));
}

export function rememberImport(upload: string, change: Partial<UnfinishedImport>): void {
  const known = unfinishedImports();
  const before = known.find((one) => one.upload === upload) ?? { upload, file: upload, at: 0 };
  keep([{ ...before, ...change, at: Date.now() }, ...known.filter((one) => one !== before)]);
}

export function forgetImport(upload: string): void {
  keep(unfinishedImports().filter((known) => known.upload !== upload));
}
