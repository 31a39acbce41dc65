/// One value of a rule, to read or to change: the way is chosen by the type of the field alone.
import type { Table } from '../json';
import { type Field, typeOf } from '../kinds/shapes';
import { ExpressionBox } from './expression';
import { GivenSummary } from './given';
import {
  AttributeInput,
  BoundInput,
  ChoiceInput,
  ChoicesInput,
  DayInput,
  FactInput,
  FactsInput,
  LabelInput,
  NumberInput,
  SourceInput,
  SpanInput,
  TextInput,
  TimeInput,
  ValueOrWordInput,
  WordsInput,
} from './inputs';
import { OrderInput } from './order';
import { ReadField } from './read-field';
import { type Editing, useSurroundings } from './surroundings';

interface FieldProperties extends Editing {
  field: Field;
  rule: Table;
}

function Input({ field, rule, ...editing }: FieldProperties) {
  const choices = field.choices?.(rule) ?? [];
  switch (typeOf(field, rule)) {
    case 'label':
      return <LabelInput {...editing} />;
    case 'expression':
      return <ExpressionBox {...editing} />;
    case 'fact':
      return <FactInput {...editing} optional={field.optional} />;
    case 'facts':
      return <FactsInput {...editing} />;
    case 'attribute':
      return <AttributeInput {...editing} />;
    case 'source':
      return <SourceInput {...editing} />;
    case 'words':
    case 'days':
      return <WordsInput {...editing} />;
    case 'number':
      return <NumberInput {...editing} isWhole={false} />;
    case 'integer':
      return <NumberInput {...editing} isWhole />;
    case 'bound':
      return <BoundInput {...editing} />;
    case 'boolean':
      return (
        <ChoiceInput {...editing} choices={[{ value: true }, { value: false }]} optional={field.optional} />
      );
    case 'day':
      return <DayInput {...editing} />;
    case 'opening':
      return <TimeInput {...editing} isClosing={false} />;
    case 'closing':
      return <TimeInput {...editing} isClosing />;
    case 'choice':
      return <ChoiceInput {...editing} choices={choices} optional={field.optional} />;
    case 'choices':
      return <ChoicesInput {...editing} choices={choices} alone={field.alone} />;
    case 'order':
      return <OrderInput {...editing} choices={choices} />;
    case 'value_or_word':
      return <ValueOrWordInput {...editing} choices={choices} />;
    case 'span':
      return <SpanInput {...editing} />;
    case 'given':
      return <GivenSummary value={editing.value} />;
    default:
      return <TextInput {...editing} />;
  }
}

export function FieldView(properties: FieldProperties) {
  const { isReadOnly } = useSurroundings();
  return isReadOnly ? <ReadField {...properties} /> : <Input {...properties} />;
}
