/// What somebody changed of an edition and did not save yet, checked by the server while they type.
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { asProblem } from '../../api/problem';
import { queryClient } from '../../api/queries';
import type { PackCheck, PackEditionDetail } from '../../api/types';
import type { Edit } from './edits';
import { isSame, type Table } from './json';
import { adoptExamples, type Change, checkQuery, editionChanged, editionQuery, saveDraft } from './queries';
import { editsOf, type Rule, ruleOfProblem, rulesOf } from './rules';

const pauseMilliseconds = 500;

/// What was wanted when nothing more was changed for a moment.
function useSettled(change: Change): Change {
  const [settled, setSettled] = useState(change);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(change), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [change]);
  return settled;
}

interface Pending {
  tables: Record<string, Table>;
  files: Record<string, string>;
}

const nothing: Pending = { tables: {}, files: {} };

/// Of a file that is removed nothing else is said.
export function together(pending: Change, more: Change): Change {
  const files = { ...pending.files, ...more.files };
  const stays = ({ file }: Edit) => files[file] !== null;
  return { files, edits: [...pending.edits, ...more.edits].filter(stays) };
}

export interface Draft {
  edition: PackEditionDetail;
  /// As they are wanted.
  rules: Rule[];
  files: Record<string, string>;
  /// The rules that were changed, by their keys.
  changed: ReadonlySet<string>;
  /// How many rules or files are not saved.
  unsaved: number;
  isTextChanged: boolean;
  check: PackCheck;
  isChecking: boolean;
  /// The check or the saving could not be done.
  error: unknown;
  isStale: boolean;
  isSaving: boolean;
  /// How many problems each rule has, by its key.
  problems: ReadonlyMap<string, number>;
  changeRule: (rule: Rule, table: Table) => void;
  changeFile: (name: string, text: string) => void;
  /// Saves what is pending, with some edits more, and files that are added or removed.
  save: (more?: Edit[], files?: Change['files']) => Promise<PackEditionDetail>;
  /// Saves what is pending, and lets examples that turn out otherwise expect what their rules say now.
  adopt: () => void;
  drop: () => void;
  reload: () => Promise<void>;
}

function problemsByRule(
  check: PackCheck,
  rules: Rule[],
  files: Record<string, string>,
  changed: ReadonlySet<string>,
) {
  const counted = new Map<string, number>();
  for (const problem of check.problems) {
    const key = ruleOfProblem(problem, rules, files[problem.file] ?? '', changed);
    if (key !== undefined) counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return counted;
}

export function useDraft(edition: PackEditionDetail): Draft {
  const [pending, setPending] = useState<Pending>(nothing);
  const saved = useMemo(() => rulesOf(edition), [edition]);
  const changed = useMemo(() => new Set(Object.keys(pending.tables)), [pending.tables]);
  const change: Change = useMemo(
    () => ({ edits: editsOf(saved, pending.tables), files: pending.files }),
    [saved, pending],
  );
  const isTextChanged = Object.keys(pending.files).length > 0;
  const unsaved = changed.size + Object.keys(pending.files).length;
  const settled = useSettled(change);
  const trial = useQuery({
    ...checkQuery(edition.id, edition.revision, settled),
    enabled: unsaved > 0 && settled.edits.length + Object.keys(settled.files).length > 0,
    placeholderData: keepPreviousData,
  });
  const saving = useMutation({
    mutationFn: (more: Change) => saveDraft(edition.id, edition.revision, together(change, more)),
    onSuccess: async (next) => {
      setPending(nothing);
      await editionChanged(next);
    },
  });
  const adopting = useMutation({
    mutationFn: async () => {
      const now = unsaved > 0 ? await saving.mutateAsync({ edits: [], files: {} }) : edition;
      return adoptExamples(now.id, now.revision);
    },
    onSuccess: editionChanged,
  });
  const check = unsaved > 0 && trial.data ? trial.data : edition.check;
  const rules = useMemo(
    () => saved.map((rule) => ({ ...rule, table: pending.tables[rule.key] ?? rule.table })),
    [saved, pending.tables],
  );
  const problems = useMemo(
    () => problemsByRule(check, saved, { ...edition.files, ...pending.files }, changed),
    [check, saved, edition.files, pending.files, changed],
  );
  function changeRule(rule: Rule, table: Table): void {
    const before = saved.find(({ key }) => key === rule.key);
    setPending((now) => {
      const { [rule.key]: _old, ...others } = now.tables;
      const isBack = isSame(before?.table, table);
      return { ...now, tables: isBack ? others : { ...others, [rule.key]: table } };
    });
  }
  function changeFile(name: string, text: string): void {
    setPending((now) => {
      const { [name]: _old, ...others } = now.files;
      return { ...now, files: text === edition.files[name] ? others : { ...others, [name]: text } };
    });
  }
  function drop(): void {
    setPending(nothing);
    saving.reset();
    adopting.reset();
  }
  const error = saving.error ?? adopting.error ?? (unsaved > 0 ? trial.error : null);
  return {
    edition,
    rules,
    files: { ...edition.files, ...pending.files },
    changed,
    unsaved,
    isTextChanged,
    check,
    isChecking: unsaved > 0 && (trial.isFetching || settled !== change),
    error,
    isStale: Boolean(error) && asProblem(error).code === 'draft_changed',
    isSaving: saving.isPending || adopting.isPending,
    problems,
    changeRule,
    changeFile,
    save: (edits = [], files = {}) => saving.mutateAsync({ edits, files }),
    adopt: () => adopting.mutate(),
    drop,
    reload: async () => {
      drop();
      await queryClient.invalidateQueries({ queryKey: editionQuery(edition.id).queryKey });
    },
  };
}
