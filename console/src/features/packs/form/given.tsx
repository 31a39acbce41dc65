/// The facts that an example gives: told in a line, and changed one below the other.
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { PackFact } from '../../../api/types';
import { useLocalization } from '../../../i18n';
import { isTable, type Json, withValue } from '../json';
import { BoundInput, ChoiceInput, DayInput, MomentInput, NumberInput, TextInput, WordsInput } from './inputs';
import { type Editing, useSurroundings } from './surroundings';
import { useWords } from './words';

export function GivenSummary({ value }: { value: Json | undefined }) {
  const { t } = useLocalization();
  const { facts } = useSurroundings();
  const words = useWords();
  const given = isTable(value) ? Object.entries(value) : [];
  if (given.length === 0) return <span className="soft">{t('packs.nothing_given')}</span>;
  const told = given.map(([name, one]) =>
    t('packs.given_pair', { fact: words.fact(facts, name), value: words.plain(one) }),
  );
  const said = told.join(t('packs.semicolon'));
  return (
    <span className="given" title={said}>
      {said}
    </span>
  );
}

function GivenValue({ fact, ...editing }: Editing & { fact: PackFact | undefined }) {
  switch (fact?.type) {
    case 'boolean':
      return <ChoiceInput {...editing} choices={[{ value: true }, { value: false }]} />;
    case 'integer':
      return <NumberInput {...editing} isWhole />;
    case 'number':
      return <NumberInput {...editing} isWhole={false} />;
    case 'date':
      return <DayInput {...editing} />;
    case 'moment':
      return <MomentInput {...editing} />;
    case 'texts':
      return <WordsInput {...editing} />;
    case 'text':
      return fact.values.length > 0 ? (
        <ChoiceInput
          {...editing}
          choices={fact.values.map((value) => ({ value, label: { zh: value, en: value } }))}
        />
      ) : (
        <TextInput {...editing} />
      );
    default:
      return <BoundInput {...editing} />;
  }
}

/// What a fact of a type begins with in an example.
const beginnings: Record<string, Json> = { boolean: true, integer: 0, number: 0, texts: [] };

export function GivenEditor({ value, label, onChange }: Editing) {
  const { t, pick } = useLocalization();
  const { facts } = useSurroundings();
  const words = useWords();
  const given = isTable(value) ? value : {};
  const factOf = (name: string) => facts.find((fact) => fact.name === name);
  return (
    <div className="given-editor" role="group" aria-label={label}>
      {Object.entries(given).map(([name, one]) => (
        <div key={name} className="given-line">
          <span className="given-name">
            {words.fact(facts, name)} <code>{name}</code>
          </span>
          <GivenValue
            fact={factOf(name)}
            value={one}
            label={words.fact(facts, name)}
            onChange={(wanted) => onChange({ ...given, [name]: wanted ?? '' })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('packs.remove_fact', { fact: words.fact(facts, name) })}
            onClick={() => onChange(withValue(given, name, undefined))}
          />
        </div>
      ))}
      <Select
        value={null}
        className="given-add"
        placeholder={t('packs.add_fact')}
        aria-label={t('packs.add_fact')}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        onChange={(name: string | null) => {
          if (name !== null) onChange({ ...given, [name]: beginnings[factOf(name)?.type ?? ''] ?? '' });
        }}
        options={facts
          .filter((fact) => given[fact.name] === undefined && !fact.derived)
          .map((fact) => ({ value: fact.name, label: `${pick(fact.label)} ${fact.name}` }))}
      />
    </div>
  );
}
