/// What outcomes are called: by the rule that gives them, wherever it stands.
import { useQuery } from '@tanstack/react-query';
import type { Verdict } from '../../api/types';
import { useLocalization } from '../../i18n';
import { useWords } from './form/words';
import type { Table } from './json';
import { outcomesOf } from './kinds/kinds';
import type { Choice } from './kinds/shapes';
import { editionQuery, rulesQuery } from './queries';

/// `[a, b]` as its words.
function partsOf(outcome: string): string[] | undefined {
  const list = /^\[(.*)\]$/.exec(outcome)?.[1];
  return list === undefined ? undefined : list.split(', ').filter((one) => one !== '');
}

export interface OutcomeWords {
  /// The outcomes in the order of the rule.
  order: string[];
  outcome: (outcome: string) => string;
  /// The rule itself, where it is known.
  table: Table | undefined;
}

/// Outcomes of a completeness list are the items that are lacking.
function namesOf(kind: string, table: Table | undefined): Choice[] {
  if (!table || kind !== 'completeness') return outcomesOf(kind, table);
  const items = Array.isArray(table.item) ? table.item : [];
  return items.flatMap((item) => {
    if (typeof item !== 'object' || Array.isArray(item) || typeof item.id !== 'string') return [];
    return [{ value: item.id, label: item.label }];
  });
}

export function useOutcomeWords(kind: string, table: Table | undefined): OutcomeWords {
  const { t } = useLocalization();
  const words = useWords();
  const names = namesOf(kind, table);
  return {
    order: outcomesOf(kind, table).map(({ value }) => String(value)),
    table,
    outcome: (outcome) => {
      const parts = partsOf(outcome);
      if (parts === undefined) return words.chosen(names, outcome);
      if (parts.length === 0) return t(kind === 'completeness' ? 'packs.complete' : 'packs.none');
      const said = parts.map((part) => words.chosen(names, part)).join(t('packs.comma'));
      return kind === 'completeness' ? t('packs.lacks', { items: said }) : said;
    },
  };
}

type Said = Pick<Verdict, 'outcome' | 'outcome_label'>;

/// What the outcome of a verdict is called: as the pack says with it, else by the words of the language of rules.
export function useVerdictWords(): (kind: string, verdict: Said) => string {
  const { t, pick } = useLocalization();
  const words = useWords();
  return (kind, { outcome, outcome_label: label }) => {
    if (label) return kind === 'completeness' ? t('packs.lacks', { items: pick(label) }) : pick(label);
    if (outcome === '[]') return t(kind === 'completeness' ? 'packs.complete' : 'packs.none');
    return words.chosen([], outcome);
  };
}

/// The table of a rule in the edition that it is in force by.
export function useRuleInForce(rule: string, isWanted: boolean): Table | undefined {
  const { data: rules } = useQuery({ ...rulesQuery(undefined, undefined), enabled: isWanted });
  const edition = rules?.items.find((one) => one.rule === rule)?.edition;
  const { data } = useQuery({ ...editionQuery(edition ?? ''), enabled: edition !== undefined });
  return data?.rules.find(({ id }) => id === rule)?.table as unknown as Table | undefined;
}
