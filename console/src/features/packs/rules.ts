/// The rules of an edition as the forms hold them: tables with their places in the files.
import type { PackEditionDetail, PackProblem, PackSource } from '../../api/types';
import { type Edit, editsBetween } from './edits';
import type { Place, Table } from './json';

export interface Rule {
  key: string;
  kind: string;
  id: string;
  file: string;
  /// Its place among the tables of its kind in the file.
  place: number;
  table: Table;
}

/// What the rulebook asks of ids; the check says the rest.
export const idPattern = /^[a-z0-9][a-z0-9._-]*$/;

export const headKey = 'pack.toml';

function sourceOf({ id, title, confidence, ...optional }: PackSource): Table {
  const said = Object.entries(optional).filter(([, value]) => value != null);
  return { id, title, confidence, ...(Object.fromEntries(said) as Table) };
}

/// The head of the pack itself as a table, with what an edition tells of it.
function headOf(edition: PackEditionDetail): Rule {
  const table: Table = {
    version: edition.version,
    label: { zh: edition.label.zh, en: edition.label.en },
    effective_from: edition.effective_from,
    source: edition.sources.map(sourceOf),
  };
  if (edition.builds_on.length > 0) table.builds_on = edition.builds_on;
  if (edition.effective_to) table.effective_to = edition.effective_to;
  return { key: headKey, kind: 'pack', id: edition.pack, file: 'pack.toml', place: 0, table };
}

export function rulesOf(edition: PackEditionDetail): Rule[] {
  const rules = edition.rules.map(({ kind, id, file, place, table }) => ({
    key: `${kind} ${file} ${place}`,
    kind,
    id,
    file,
    place,
    table: table as unknown as Table,
  }));
  return [headOf(edition), ...rules];
}

function pathOf(rule: Rule): Place[] {
  return rule.kind === 'pack' ? [] : [rule.kind, rule.place];
}

/// The edits of all rules of which another table is wanted.
export function editsOf(rules: Rule[], wanted: Readonly<Record<string, Table>>): Edit[] {
  return rules.flatMap((rule) => {
    const table = wanted[rule.key];
    return table === undefined ? [] : editsBetween(rule.file, pathOf(rule), rule.table, table);
  });
}

/// The file in which a new rule of a kind stands: with the last of its kind, or else with the last rule of all; in a pack
/// that has none yet in the first file.
function fileForNew(rules: Rule[], files: string[], kind: string): string | undefined {
  const own = rules.filter((rule) => rule.kind === kind).at(-1);
  const last = rules.filter((rule) => rule.key !== headKey).at(-1);
  return (own ?? last)?.file ?? files.find((file) => file !== headKey);
}

export function addition(rules: Rule[], files: string[], kind: string, table: Table): Edit | undefined {
  const file = fileForNew(rules, files, kind);
  if (file === undefined) return undefined;
  const place = rules.filter((rule) => rule.kind === kind && rule.file === file).length;
  // The first of its kind makes the list of its kind.
  return place === 0 ? { file, path: [kind], value: [table] } : { file, path: [kind, place], value: table };
}

export function removal(rule: Rule): Edit {
  return { file: rule.file, path: pathOf(rule) };
}

interface Beginning {
  /// From 1.
  line: number;
  key: string;
}

/// At which lines of a file which rules begin.
function beginnings(file: string, text: string): Beginning[] {
  const counted: Record<string, number> = {};
  return text.split('\n').flatMap((line, index) => {
    const kind = /^\s*\[\[\s*([A-Za-z_]+)\s*\]\]/.exec(line)?.[1];
    if (kind === undefined) return [];
    const place = counted[kind] ?? 0;
    counted[kind] = place + 1;
    return [{ line: index + 1, key: `${kind} ${file} ${place}` }];
  });
}

/// The rule that a problem names, if exactly one is called so.
function namedBy(problem: PackProblem, rules: Rule[]): string | undefined {
  const named = rules.filter(
    ({ kind, id, file }) => kind === problem.kind && id === problem.rule && file === problem.file,
  );
  return named.length === 1 ? named[0]?.key : undefined;
}

/// The rule that a problem is about. Where it names none, the text as it was saved says where rules begin; a line that stands there no longer
/// is one of a rule that was changed, so the nearest of these is meant.
export function ruleOfProblem(
  problem: PackProblem,
  rules: Rule[],
  text: string,
  changed: ReadonlySet<string>,
): string | undefined {
  if (problem.file === headKey) return headKey;
  const named = namedBy(problem, rules);
  if (named !== undefined) return named;
  const begun = beginnings(problem.file, text);
  const own = begun.filter(({ line }) => line <= problem.line).at(-1);
  if (changed.size === 0 || (own && changed.has(own.key))) return own?.key;
  if (text.split('\n')[problem.line - 1] === problem.excerpt) return own?.key;
  const distance = ({ line }: Beginning) => Math.abs(problem.line - line);
  const near = begun.filter(({ key }) => changed.has(key)).sort((one, two) => distance(one) - distance(two));
  return near[0]?.key ?? own?.key;
}
