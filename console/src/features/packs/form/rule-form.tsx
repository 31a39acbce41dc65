/// A rule as its form, put together from the declaration of its kind.
import { Form } from 'antd';
import { useLocalization } from '../../../i18n';
import { type Table, withValue } from '../json';
import { kindOf } from '../kinds/kinds';
import { typeOf } from '../kinds/shapes';
import type { Rule } from '../rules';
import { FieldView } from './field';
import { isRows, RowsEditor } from './rows';
import { useWords } from './words';

interface RuleFormProperties {
  rule: Rule;
  onChange: (table: Table) => void;
}

export function RuleForm({ rule, onChange }: RuleFormProperties) {
  const { t } = useLocalization();
  const words = useWords();
  const kind = kindOf(rule.kind);
  const { table } = rule;
  if (!kind?.rows.every(({ name }) => isRows(table[name]))) {
    return (
      <>
        <p className="soft">{t('packs.no_form')}</p>
        <pre className="detail">{JSON.stringify(table, null, 2)}</pre>
      </>
    );
  }
  return (
    <Form layout="vertical" component="div" className="rule-form" data-test="rule-form">
      <div className="rule-fields">
        {kind.fields.map((field) => (
          <Form.Item
            key={field.name}
            className={`field-${typeOf(field, table)}`}
            label={
              <>
                {words.field(field.word ?? field.name)}
                {field.optional && <span className="soft optional">{t('packs.optional')}</span>}
              </>
            }
          >
            <div data-test={`field-${field.name}`}>
              <FieldView
                field={field}
                rule={table}
                value={table[field.name]}
                label={words.field(field.word ?? field.name)}
                onChange={(value) => onChange(withValue(table, field.name, value))}
              />
            </div>
          </Form.Item>
        ))}
      </div>
      {kind.rows.map((rows) => (
        <RowsEditor
          key={rows.name}
          rows={rows}
          value={table[rows.name]}
          rule={table}
          onChange={(value) => {
            const isAbsent = table[rows.name] === undefined && value.length === 0;
            const wanted = rows.optional && value.length === 0 ? undefined : value;
            if (!isAbsent) onChange(withValue(table, rows.name, wanted));
          }}
        />
      ))}
    </Form>
  );
}
