/// What fields, choices and facts are called.
import type { PackFact } from '../../../api/types';
import { useLocalization } from '../../../i18n';
import { isTable, type Json } from '../json';
import type { Choice } from '../kinds/shapes';

export function useWords() {
  const { t, pick, word } = useLocalization();

  function labelOf(label: Json | undefined): string {
    return isTable(label) ? pick({ zh: String(label.zh ?? ''), en: String(label.en ?? '') }) : '';
  }

  function choice({ value, label }: Choice): string {
    const said = labelOf(label);
    return said === '' ? word(`packs.word.${value}`, String(value)) : said;
  }

  return {
    kind: (kind: string) => word(`packs.kind.${kind}`, kind),
    field: (name: string) => word(`packs.field.${name}`, name),
    labelOf,
    choice,
    chosen: (choices: Choice[], value: Json | undefined) => {
      const known = choices.find((one) => one.value === value);
      return known ? choice(known) : word(`packs.word.${value}`, String(value ?? ''));
    },
    fact: (facts: PackFact[], name: string) => {
      const known = facts.find((fact) => fact.name === name);
      return known ? pick(known.label) : name;
    },
    plain: (value: Json | undefined): string => {
      if (typeof value === 'boolean') return t(value ? 'packs.word.true' : 'packs.word.false');
      if (Array.isArray(value)) return value.join(t('packs.comma'));
      return value === undefined ? '—' : String(value);
    },
  };
}
