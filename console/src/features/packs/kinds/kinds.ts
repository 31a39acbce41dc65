/// Every kind of rule, as its form shows it.
import { type Table, textOf } from '../json';
import {
  article,
  choicesOf,
  examples,
  freshId,
  head,
  id,
  label,
  labelled,
  missing,
  plainExamples,
  rowsAsChoices,
  when,
} from './parts';
import type { Choice, Field, Kind, Rows } from './shapes';

const factTypes = choicesOf('boolean', 'integer', 'number', 'date', 'moment', 'text', 'texts');
const span: Field = { name: 'within', type: 'span' };

const condition: Kind = {
  fields: [...head, when],
  rows: [examples({ name: 'expect', type: 'choice', choices: choicesOf(true, false, 'missing') })],
  fresh: { when: '' },
};

const derived: Kind = {
  fields: [
    ...head,
    {
      name: 'type',
      type: 'choice',
      choices: choicesOf('boolean', 'integer', 'number', 'date', 'moment'),
    },
    { name: 'value', type: 'expression' },
  ],
  rows: [
    examples({
      name: 'expect',
      type: (rule) => (rule.type === 'boolean' ? 'choice' : 'value_or_word'),
      choices: (rule) => (rule.type === 'boolean' ? [{ value: true }, { value: false }, missing] : [missing]),
    }),
  ],
  fresh: { type: 'boolean', value: '' },
};

const completeness: Kind = {
  fields: [...head, { name: 'applies', type: 'expression', optional: true }],
  rows: [
    {
      name: 'item',
      fields: [
        id,
        label,
        { name: 'fact', type: 'fact', optional: true },
        { name: 'any', type: 'facts', optional: true },
        { ...when, optional: true, isInside: true },
        { ...article, isInside: true },
      ],
      fresh: labelled,
    },
    examples({
      name: 'expect',
      word: 'lacking',
      type: 'choices',
      choices: (rule) => [...rowsAsChoices(rule, 'item'), { value: 'not_applicable' }, missing],
      alone: ['not_applicable', 'missing'],
    }),
  ],
  fresh: { item: [] },
};

const bounds: Field[] = ['from', 'above', 'up_to', 'below'].map((name) => ({
  name,
  type: 'bound',
  optional: true,
}));

const bands: Kind = {
  fields: [...head, { name: 'of', type: 'expression' }],
  rows: [
    { name: 'band', fields: [id, label, ...bounds], fresh: labelled, picture: 'bounds' },
    examples({
      name: 'expect',
      word: 'band',
      type: 'choice',
      choices: (rule) => [...rowsAsChoices(rule, 'band'), missing],
    }),
  ],
  fresh: { of: '', band: [] },
};

const grade: Field = {
  name: 'grade',
  type: 'choice',
  choices: (rule) => rowsAsChoices(rule, 'grade'),
};

const items: Rows = {
  name: 'item',
  fields: [
    id,
    label,
    { name: 'family', type: 'text' },
    { name: 'weight', type: 'number' },
    { name: 'otherwise', word: 'otherwise_score', type: 'integer' },
    { name: 'prudent', word: 'prudent_score', type: 'integer' },
    { ...article, isInside: true },
  ],
  group: 'family',
  sum: 'weight',
  fresh: (rows) => ({
    ...labelled(rows),
    family: textOf(rows.at(-1)?.family),
    weight: 1,
    otherwise: 1,
    prudent: 1,
  }),
  nested: {
    name: 'case',
    fields: [when, { name: 'score', type: 'integer' }],
    fresh: () => ({ when: '', score: 1 }),
  },
};

function decisive(name: string, decided: Field): Rows {
  return {
    name,
    fields: [id, label, when, decided],
    fresh: (rows) => ({ ...labelled(rows), when: '' }),
  };
}

const scorecard: Kind = {
  fields: [...head, { name: 'levels', type: 'integer' }],
  rows: [
    {
      name: 'grade',
      fields: [id, label, { name: 'up_to', type: 'number', optional: true }],
      fresh: labelled,
      picture: 'grades',
    },
    items,
    decisive('direct', grade),
    decisive('modifier', { name: 'points', type: 'number' }),
    decisive('floor', grade),
    examples({ name: 'total', type: 'text', optional: true }, grade),
  ],
  fresh: { levels: 5, grade: [], item: [] },
};

const outcomes = (rule: Table): Choice[] => rowsAsChoices(rule, 'outcome');
const outcome = (name: string): Field => ({ name, type: 'choice', optional: true, choices: outcomes });

const decision: Kind = {
  fields: [
    ...head,
    { name: 'hit', type: 'choice', choices: choicesOf('first', 'collect') },
    outcome('otherwise'),
    outcome('prudent'),
  ],
  rows: [
    { name: 'outcome', fields: [id, label], fresh: labelled },
    {
      name: 'row',
      fields: [when, { name: 'gives', type: 'choice', choices: outcomes }],
      fresh: () => ({ when: '' }),
    },
    examples({
      name: 'expect',
      type: (rule) => (rule.hit === 'collect' ? 'choices' : 'choice'),
      choices: (rule) => [...outcomes(rule), ...(rule.hit === 'collect' ? [] : [missing])],
    }),
  ],
  fresh: { hit: 'first', outcome: [], row: [] },
};

const calendar: Kind = {
  fields: [
    ...head,
    {
      name: 'weekend',
      type: 'choices',
      choices: choicesOf('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'),
    },
    { name: 'holidays', type: 'days' },
    { name: 'working_days', type: 'days' },
    { name: 'known_to', type: 'day' },
  ],
  rows: [
    {
      name: 'hours',
      fields: [
        { name: 'from', word: 'opens', type: 'opening' },
        { name: 'to', word: 'closes', type: 'closing' },
      ],
      optional: true,
      fresh: (rows) =>
        rows.length === 0 ? { from: '08:30', to: '12:00' } : { from: textOf(rows.at(-1)?.to), to: '24:00' },
    },
    plainExamples('day', 'day', { name: 'expect', word: 'is_working_day', type: 'boolean' }),
  ],
  fresh: { weekend: ['saturday', 'sunday'], holidays: [], working_days: [] },
};

const clock: Kind = {
  fields: [
    ...head,
    { name: 'starts', type: 'fact' },
    { ...when, optional: true },
    span,
    { name: 'calendar', type: 'text', optional: true },
  ],
  rows: [
    { name: 'case', word: 'clock_case', fields: [when, span], fresh: () => ({ when: '' }) },
    examples({
      name: 'expect',
      word: 'due',
      type: 'value_or_word',
      choices: choicesOf('missing', 'not_applicable'),
    }),
  ],
  fresh: { starts: '', within: { days: 30 } },
};

const mask: Kind = {
  fields: [...head, { name: 'attribute', type: 'attribute' }, { name: 'shape', type: 'text' }],
  rows: [plainExamples('given_text', 'text', { name: 'expect', word: 'masked', type: 'text' })],
  fresh: { attribute: '', shape: 'all' },
};

const survivorship: Kind = {
  fields: [
    ...head,
    { name: 'attribute', type: 'attribute' },
    {
      name: 'criteria',
      type: 'order',
      choices: choicesOf('valid', 'trust', 'newest', 'longest', 'frequent'),
    },
  ],
  rows: [
    {
      name: 'example',
      fields: [
        {
          name: 'expect',
          word: 'best',
          type: 'text',
        },
      ],
      fresh: () => ({ given: [], expect: '' }),
      nested: {
        name: 'given',
        word: 'candidates',
        fields: [
          { name: 'value', word: 'given_value', type: 'text' },
          { name: 'valid', type: 'boolean', optional: true },
          { name: 'trust', type: 'integer', optional: true },
          { name: 'observed', type: 'day', optional: true },
          { name: 'records', type: 'integer', optional: true },
        ],
        fresh: () => ({ value: '' }),
      },
    },
  ],
  fresh: { attribute: '', criteria: ['valid', 'trust', 'newest', 'longest', 'frequent'] },
};

const sampling: Kind = {
  fields: [
    ...head,
    { name: 'of', word: 'population', type: 'expression', optional: true },
    { name: 'by', type: 'fact', optional: true },
    { name: 'share', type: 'number' },
    { name: 'least', type: 'integer' },
    { name: 'most', type: 'integer' },
  ],
  rows: [plainExamples('stratum', 'integer', { name: 'expect', word: 'sample', type: 'integer' })],
  fresh: { share: 5, least: 30, most: 500 },
};

const dictionary: Kind = {
  fields: head,
  rows: [
    {
      name: 'code',
      fields: [
        { name: 'code', type: 'text' },
        label,
        { name: 'written', type: 'words', optional: true },
        { name: 'parent', type: 'text', optional: true },
      ],
      fresh: (rows) => ({ code: freshId(rows, 'code'), label: { zh: '', en: '' }, written: [] }),
    },
    plainExamples('written_as', 'text', {
      name: 'expect',
      word: 'code',
      type: 'choice',
      choices: (rule) => [...rowsAsChoices(rule, 'code', 'code'), missing],
    }),
  ],
  fresh: { code: [] },
};

const fact: Kind = {
  fields: [
    label,
    { name: 'type', type: 'choice', choices: factTypes },
    { name: 'values', type: 'words', optional: true },
  ],
  rows: [],
  fresh: { type: 'boolean' },
};

/// What stands at the head of the pack itself.
const pack: Kind = {
  fields: [
    label,
    { name: 'version', type: 'text' },
    { name: 'effective_from', type: 'day' },
    { name: 'effective_to', type: 'day', optional: true },
    { name: 'builds_on', type: 'words', optional: true },
  ],
  rows: [
    {
      name: 'source',
      fields: [
        id,
        { name: 'title', type: 'text' },
        { name: 'number', type: 'text', optional: true },
        { name: 'confidence', type: 'choice', choices: choicesOf('read', 'seen', 'memory') },
        { name: 'issuer', type: 'text', optional: true, isInside: true },
        { name: 'effective_from', word: 'source_from', type: 'day', optional: true, isInside: true },
        { name: 'used_for', type: 'text', optional: true, isInside: true },
      ],
      fresh: (rows) => ({ id: freshId(rows), title: '', confidence: 'memory' }),
    },
  ],
  fresh: {},
};

const kinds: Record<string, Kind> = {
  pack,
  condition,
  derived,
  completeness,
  bands,
  scorecard,
  decision,
  clock,
  calendar,
  sampling,
  mask,
  survivorship,
  dictionary,
  fact,
};

/// The kinds of which somebody can begin a rule, in the order in which they are offered.
export const kindNames = Object.keys(kinds).filter((name) => name !== 'pack');

/// A kind that a newer server knows and this console does not has no form.
export function kindOf(name: string): Kind | undefined {
  return kinds[name];
}

/// The outcomes of a rule in its own order, from the least, with their labels; none where it has no list of them.
export function outcomesOf(kind: string, rule: Table | undefined): Choice[] {
  if (!rule) return [];
  if (kind === 'condition') return [{ value: 'false' }, { value: 'true' }];
  const listed: Record<string, string> = { scorecard: 'grade', bands: 'band', decision: 'outcome' };
  const name = listed[kind];
  return name === undefined ? [] : rowsAsChoices(rule, name);
}
