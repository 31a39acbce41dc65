/// Editions by pack, the packs in the order in which they lie upon each other.
import type { PackEdition } from '../../api/types';

export const layers = ['base', 'industry', 'institution', 'branch'] as const;
export const states = ['draft', 'proposed', 'approved', 'available'] as const;

export interface PackFilter {
  text: string;
  layer?: string;
  state?: PackEdition['state'];
}

export interface PackGroup {
  pack: string;
  label: PackEdition['label'];
  layer: string;
  branch?: string | null;
  /// The newest first.
  editions: PackEdition[];
}

export function shownEditions(editions: PackEdition[], { text, layer, state }: PackFilter): PackEdition[] {
  const wanted = text.trim().toLowerCase();
  return editions.filter(
    (edition) =>
      (layer === undefined || edition.layer === layer) &&
      (state === undefined || edition.state === state) &&
      [edition.pack, edition.label.zh, edition.label.en, edition.version, edition.branch ?? '']
        .join(' ')
        .toLowerCase()
        .includes(wanted),
  );
}

export function grouped(editions: PackEdition[]): PackGroup[] {
  const groups = new Map<string, PackEdition[]>();
  for (const edition of editions) {
    const known = groups.get(edition.pack);
    if (known) known.unshift(edition);
    else groups.set(edition.pack, [edition]);
  }
  const place = ({ layer }: PackGroup) => layers.indexOf(layer as (typeof layers)[number]);
  return [...groups.entries()]
    .flatMap(([pack, list]) => {
      const told = list.find(({ in_force }) => in_force) ?? list[0];
      if (!told) return [];
      return [{ pack, label: told.label, layer: told.layer, branch: told.branch, editions: list }];
    })
    .sort((one, other) => place(one) - place(other) || one.pack.localeCompare(other.pack));
}
