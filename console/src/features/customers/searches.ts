/// Searches by their id. What was searched for is personal data: it stays in the memory of this page and is
/// sent in bodies only, the address bar carries the id.
import type { CustomerSearch } from '../../api/types';

export type SearchBy = NonNullable<CustomerSearch['by']>;

export interface SavedSearch {
  text: string;
  by: SearchBy;
}

export const waysToSearch: SearchBy[] = [
  'auto',
  'number',
  'id_number',
  'phone',
  'last_four',
  'name',
  'pinyin',
  'whole_value',
];

const searches = new Map<string, SavedSearch>();

export function rememberSearch(search: SavedSearch): string {
  for (const [id, known] of searches) if (known.text === search.text && known.by === search.by) return id;
  const id = Math.random().toString(36).slice(2, 10);
  searches.set(id, search);
  return id;
}

export function recallSearch(id: string | undefined): SavedSearch | undefined {
  return id === undefined ? undefined : searches.get(id);
}

export function forgetSearches(): void {
  searches.clear();
}
