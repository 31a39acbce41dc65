/// How a kind of rule is declared to the forms: its fields, and its tables of rows. A kind is a declaration, not a page.
import type { Json, Table } from '../json';

export type FieldType =
  | 'text'
  | 'label'
  | 'expression'
  | 'fact'
  | 'facts'
  /// An attribute of customers, by its name.
  | 'attribute'
  | 'source'
  | 'words'
  | 'number'
  | 'integer'
  /// A number, a day or a moment.
  | 'bound'
  | 'boolean'
  | 'day'
  | 'days'
  /// A time of day; a closing may be midnight, as 24:00.
  | 'opening'
  | 'closing'
  | 'choice'
  | 'choices'
  /// Several choices in an order that counts.
  | 'order'
  /// A number, a day or a moment, or one of the words among the choices.
  | 'value_or_word'
  /// So many minutes, hours, days, months or years; the first three also as working ones.
  | 'span'
  /// Values of facts by their names.
  | 'given';

export interface Choice {
  value: string | boolean;
  /// `{ zh, en }`; a word of the language of rules has its name in the catalogue.
  label?: Json;
}

export interface Field {
  /// The key in the table.
  name: string;
  /// The name of its label in the catalogue, where the key alone does not say it.
  word?: string;
  type: FieldType | ((rule: Table) => FieldType);
  optional?: boolean;
  choices?: (rule: Table) => Choice[];
  /// Shown when its row is opened rather than in a column.
  isInside?: boolean;
  /// Choices that stand alone, beside none of the others.
  alone?: string[];
}

export interface Rows {
  name: string;
  word?: string;
  fields: Field[];
  fresh: (rows: Table[]) => Table;
  /// Without rows the key is not there either.
  optional?: boolean;
  /// Tables within a row, shown when the row is opened.
  nested?: Rows;
  /// The field whose values part the rows.
  group?: string;
  /// The field whose numbers sum to 100.
  sum?: string;
  /// What is drawn above the rows.
  picture?: 'bounds' | 'grades';
}

export interface Kind {
  fields: Field[];
  rows: Rows[];
  /// What a new rule of this kind begins with, beside id, label and source.
  fresh: Table;
}

export function typeOf(field: Field, rule: Table): FieldType {
  return typeof field.type === 'function' ? field.type(rule) : field.type;
}
