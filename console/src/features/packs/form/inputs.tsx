/// The inputs of plain values: texts, numbers, days, moments, choices. Each says `undefined` where nothing stands in it.
import { AutoComplete, DatePicker, Input, InputNumber, Select, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { useLocalization } from '../../../i18n';
import { useLabels } from '../../customers/labels';
import { isTable, type Json, textOf, textsOf } from '../json';
import type { Choice } from '../kinds/shapes';
import { type Editing, useSurroundings } from './surroundings';
import { pickedOf, timeOf } from './times';
import { useWords } from './words';

export function TextInput({ value, label, onChange }: Editing) {
  return (
    <Input
      value={value === undefined ? '' : String(value)}
      aria-label={label}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  );
}

/// Both languages side by side.
export function LabelInput({ value, label, onChange }: Editing) {
  const { t } = useLocalization();
  const both = isTable(value) ? value : { zh: '', en: '' };
  return (
    <div className="label-input">
      {(['zh', 'en'] as const).map((language) => (
        <Input
          key={language}
          value={textOf(both[language])}
          lang={language === 'zh' ? 'zh-CN' : 'en'}
          placeholder={t(language === 'zh' ? 'packs.in_chinese' : 'packs.in_english')}
          aria-label={`${label} ${t(language === 'zh' ? 'packs.in_chinese' : 'packs.in_english')}`}
          onChange={(event) => onChange({ ...both, [language]: event.target.value })}
        />
      ))}
    </div>
  );
}

export function NumberInput({ value, label, isWhole, onChange }: Editing & { isWhole: boolean }) {
  return (
    <InputNumber
      value={typeof value === 'number' ? value : null}
      precision={isWhole ? 0 : undefined}
      aria-label={label}
      onChange={(wanted) => onChange(typeof wanted === 'number' ? wanted : undefined)}
    />
  );
}

/// A number as one, everything else as the text that it is.
export function boundOf(text: string): Json | undefined {
  const bare = text.trim();
  if (bare === '') return undefined;
  return /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : bare;
}

/// What is being typed stays as it is typed: `1.` is on the way to `1.5`.
export function BoundInput({ value, label, onChange }: Editing) {
  const said = value === undefined ? '' : String(value);
  const [typed, setTyped] = useState(said);
  useEffect(() => {
    setTyped((now) => (String(boundOf(now) ?? '') === said ? now : said));
  }, [said]);
  return (
    <Input
      value={typed}
      className="bound-input"
      aria-label={label}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(boundOf(event.target.value));
      }}
    />
  );
}

/// A number, a day or a moment, or one of a few words that are offered.
export function ValueOrWordInput({ value, label, choices, onChange }: Choosing) {
  const words = useWords();
  return (
    <AutoComplete
      value={value === undefined ? '' : String(value)}
      aria-label={label}
      className="wide"
      popupMatchSelectWidth={false}
      onChange={(wanted: string) => onChange(boundOf(wanted))}
      options={choices.map((one) => ({
        value: String(one.value),
        label: `${words.choice(one)} ${one.value}`,
      }))}
    />
  );
}

export function DayInput({ value, label, onChange }: Editing) {
  const day = textOf(value);
  return (
    <DatePicker
      value={day === '' ? null : dayjs(day)}
      aria-label={label}
      onChange={(wanted) => onChange(wanted ? wanted.format('YYYY-MM-DD') : undefined)}
    />
  );
}

/// A moment on the clock of the institution, which has no zone.
export function MomentInput({ value, label, onChange }: Editing) {
  const moment = textOf(value);
  return (
    <DatePicker
      showTime
      format="YYYY-MM-DD HH:mm:ss"
      value={moment === '' ? null : dayjs(moment)}
      aria-label={label}
      onChange={(wanted) => onChange(wanted ? wanted.format('YYYY-MM-DDTHH:mm:ss') : undefined)}
    />
  );
}

export function TimeInput({ value, label, isClosing, onChange }: Editing & { isClosing: boolean }) {
  const time = textOf(value);
  return (
    <TimePicker
      format="HH:mm"
      needConfirm={false}
      value={time === '' ? null : dayjs(`2000-01-01T${pickedOf(time)}`)}
      aria-label={label}
      onChange={(wanted) => onChange(wanted ? timeOf(wanted.format('HH:mm'), isClosing) : undefined)}
    />
  );
}

interface Choosing extends Editing {
  choices: Choice[];
  optional?: boolean;
  alone?: string[];
}

export function ChoiceInput({ value, label, choices, optional, onChange }: Choosing) {
  const words = useWords();
  const plain = typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
  return (
    <Select
      value={plain === undefined ? undefined : String(plain)}
      aria-label={label}
      className="wide"
      allowClear={optional}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(wanted?: string) => onChange(choices.find(({ value }) => String(value) === wanted)?.value)}
      options={choices.map((one) => ({ value: String(one.value), label: words.choice(one) }))}
    />
  );
}

/// Several at once; a word that stands alone (`missing`) replaces the list and is replaced by it.
export function ChoicesInput({ value, label, choices, alone = [], onChange }: Choosing) {
  const words = useWords();
  const chosen = Array.isArray(value) ? textsOf(value) : value === undefined ? [] : [String(value)];
  return (
    <Select
      mode="multiple"
      value={chosen}
      aria-label={label}
      className="wide"
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(wanted: string[]) => {
        const last = wanted.find((one) => !chosen.includes(one));
        if (last !== undefined && alone.includes(last)) return onChange(last);
        onChange(wanted.filter((one) => !alone.includes(one)));
      }}
      options={choices.map((one) => ({ value: String(one.value), label: words.choice(one) }))}
    />
  );
}

/// Words that nobody listed: written and ended with Enter or a comma.
export function WordsInput({ value, label, onChange }: Editing) {
  return (
    <Select
      mode="tags"
      value={textsOf(value)}
      aria-label={label}
      className="wide"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '\uff0c', '\u3001']}
      onChange={(wanted: string[]) => onChange(wanted)}
    />
  );
}

function useFactOptions() {
  const { facts } = useSurroundings();
  const { pick } = useLocalization();
  return facts.map(({ name, label }) => ({ value: name, label: `${pick(label)} ${name}` }));
}

export function FactInput({ value, label, optional, onChange }: Editing & { optional?: boolean }) {
  const options = useFactOptions();
  return (
    <Select
      value={textOf(value) || undefined}
      aria-label={label}
      className="wide"
      allowClear={optional}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(wanted?: string) => onChange(wanted)}
      options={options}
    />
  );
}

export function FactsInput({ value, label, onChange }: Editing) {
  const options = useFactOptions();
  return (
    <Select
      mode="multiple"
      value={textsOf(value)}
      aria-label={label}
      className="wide"
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(wanted: string[]) => onChange(wanted.length === 0 ? undefined : wanted)}
      options={options}
    />
  );
}

export function AttributeInput({ value, label, onChange }: Editing) {
  const { attributes, attribute } = useLabels();
  return (
    <Select
      value={textOf(value) || undefined}
      aria-label={label}
      className="wide"
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(wanted: string) => onChange(wanted)}
      options={attributes.map(({ name }) => ({ value: name, label: `${attribute(name)} ${name}` }))}
    />
  );
}

export function SourceInput({ value, label, onChange }: Editing) {
  const { sources } = useSurroundings();
  return (
    <Select
      value={textOf(value) || undefined}
      aria-label={label}
      className="wide"
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(wanted: string) => onChange(wanted)}
      options={sources.map(({ id, title, number }) => ({
        value: id,
        label: [title, number].filter(Boolean).join(' '),
      }))}
    />
  );
}

const units = [
  'working_minutes',
  'working_hours',
  'minutes',
  'hours',
  'working_days',
  'days',
  'months',
  'years',
];

/// `{ working_days = 10 }` as a number and a unit.
export function SpanInput({ value, label, onChange }: Editing) {
  const words = useWords();
  const [unit = 'days', count = 0] = isTable(value) ? (Object.entries(value)[0] ?? []) : [];
  const said = (wantedUnit: string, wanted: number) => onChange({ [wantedUnit]: wanted });
  return (
    <div className="span-input">
      <InputNumber
        value={Number(count)}
        precision={0}
        min={0}
        aria-label={label}
        onChange={(wanted) => said(unit, wanted ?? 0)}
      />
      <Select
        value={unit}
        aria-label={label}
        onChange={(wanted: string) => said(wanted, Number(count))}
        options={units.map((one) => ({ value: one, label: words.choice({ value: one }) }))}
      />
    </div>
  );
}
