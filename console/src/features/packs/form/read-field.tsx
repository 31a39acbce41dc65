/// One value of a rule, to read: each type of field has its own way to tell it.
import type { ReactNode } from 'react';
import { useLocalization } from '../../../i18n';
import { useLabels } from '../../customers/labels';
import { isTable, type Json, type Table, textOf } from '../json';
import { type Choice, type Field, type FieldType, typeOf } from '../kinds/shapes';
import { ExpressionText } from './expression';
import { GivenSummary } from './given';
import { useSurroundings } from './surroundings';
import { useWords } from './words';

interface Telling {
  value: Json;
  choices: Choice[];
  compact?: boolean;
}

function List({ texts }: { texts: string[] }) {
  const { t } = useLocalization();
  return texts.length === 0 ? t('packs.none') : texts.join(t('packs.comma'));
}

function Label({ value }: Telling) {
  if (!isTable(value)) return null;
  return (
    <span>
      {textOf(value.zh)} <span className="soft">{textOf(value.en)}</span>
    </span>
  );
}

function Expression({ value, compact }: Telling) {
  return <ExpressionText text={textOf(value)} compact={compact} />;
}

function Fact({ value }: Telling) {
  const { facts } = useSurroundings();
  const words = useWords();
  return <span title={textOf(value)}>{words.fact(facts, textOf(value))}</span>;
}

function Facts({ value }: Telling) {
  const { facts } = useSurroundings();
  const words = useWords();
  return <List texts={Array.isArray(value) ? value.map((name) => words.fact(facts, String(name))) : []} />;
}

function Attribute({ value }: Telling) {
  const { attribute } = useLabels();
  return <span title={textOf(value)}>{attribute(textOf(value))}</span>;
}

function Source({ value }: Telling) {
  const { sources } = useSurroundings();
  const source = sources.find(({ id }) => id === value);
  return <span>{source ? [source.title, source.number].filter(Boolean).join(' ') : textOf(value)}</span>;
}

function Chosen({ value, choices }: Telling) {
  const words = useWords();
  const chosen = (one: Json) => words.chosen(choices, one);
  return Array.isArray(value) ? <List texts={value.map(chosen)} /> : chosen(value);
}

function Span({ value }: Telling) {
  const words = useWords();
  const [unit = '', count = ''] = isTable(value) ? (Object.entries(value)[0] ?? []) : [];
  return `${count} ${words.choice({ value: unit })}`;
}

function Plain({ value }: Telling) {
  const words = useWords();
  return <span className="plain-value">{words.plain(value)}</span>;
}

const tellers: Partial<Record<FieldType, (telling: Telling) => ReactNode>> = {
  label: Label,
  expression: Expression,
  fact: Fact,
  facts: Facts,
  attribute: Attribute,
  source: Source,
  choice: Chosen,
  choices: Chosen,
  order: Chosen,
  value_or_word: Chosen,
  span: Span,
  given: GivenSummary,
};

interface ReadFieldProperties {
  field: Field;
  rule: Table;
  value: Json | undefined;
  compact?: boolean;
}

export function ReadField({ field, rule, value, compact }: ReadFieldProperties) {
  if (value === undefined) return '—';
  const Teller = tellers[typeOf(field, rule)] ?? Plain;
  return <Teller value={value} choices={field.choices?.(rule) ?? []} compact={compact} />;
}
