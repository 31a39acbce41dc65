/// The fields of a saved mapping: what each column means, values for rows that say nothing, cells that mean nothing.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useLocalization } from '../../i18n';
import { useLabels } from '../customers/labels';
import { asGiven, useAttributeOptions } from './attribute-options';

interface LinesProperties {
  name: string;
  add: string;
  render: (field: { name: number }) => ReactNode;
}

/// Lines that can be added and removed.
function Lines({ name, add, render }: LinesProperties) {
  const { t } = useLocalization();
  return (
    <Form.List name={name}>
      {(fields, actions) => (
        <>
          {fields.map((field) => (
            <div className="mapping-line" key={field.key}>
              {render(field)}
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('shell.remove')}
                onClick={() => actions.remove(field.name)}
              />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => actions.add({})}>
            {add}
          </Button>
        </>
      )}
    </Form.List>
  );
}

function Columns() {
  const { t } = useLocalization();
  const options = useAttributeOptions();
  const needed = [{ required: true, whitespace: true, message: t('shell.needed') }];
  return (
    <Lines
      name="columns"
      add={t('intake.add_column')}
      render={({ name }) => (
        <>
          <Form.Item name={[name, 'column']} rules={needed}>
            <Input aria-label={t('intake.column')} placeholder={t('intake.column')} autoComplete="off" />
          </Form.Item>
          <Form.Item name={[name, 'attribute']} initialValue={asGiven}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={options}
              aria-label={t('intake.means')}
              popupMatchSelectWidth={false}
            />
          </Form.Item>
        </>
      )}
    />
  );
}

function FixedValues() {
  const { t } = useLocalization();
  const labels = useLabels();
  const options = labels.attributes.map(({ name }) => ({ value: name, label: labels.attribute(name) }));
  const needed = [{ required: true, message: t('shell.needed') }];
  return (
    <Lines
      name="fixed"
      add={t('intake.add_fixed')}
      render={({ name }) => (
        <>
          <Form.Item name={[name, 'attribute']} rules={needed}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={options}
              aria-label={t('customers.attribute')}
              placeholder={t('customers.attribute')}
              popupMatchSelectWidth={false}
            />
          </Form.Item>
          <Form.Item name={[name, 'value']} rules={needed}>
            <Input aria-label={t('intake.value')} placeholder={t('intake.value')} autoComplete="off" />
          </Form.Item>
        </>
      )}
    />
  );
}

export function MappingFields() {
  const { t } = useLocalization();
  return (
    <>
      <Form.Item
        name="name"
        label={t('intake.mapping_name')}
        rules={[{ required: true, whitespace: true, message: t('shell.needed') }]}
      >
        <Input maxLength={100} autoComplete="off" data-test="mapping-name" />
      </Form.Item>
      <Form.Item name="header" label={t('intake.header')}>
        <Select
          options={[
            { value: 'first_row', label: t('intake.first_row_header') },
            { value: 'none', label: t('intake.no_header') },
          ]}
        />
      </Form.Item>
      <Form.Item name="key_column" label={t('intake.key_column')} extra={t('intake.key_column_hint')}>
        <Input allowClear autoComplete="off" />
      </Form.Item>
      <section className="fields">
        <h2>{t('intake.columns')}</h2>
        <Columns />
      </section>
      <section className="fields">
        <h2>{t('intake.fixed')}</h2>
        <p className="soft">{t('intake.fixed_hint')}</p>
        <FixedValues />
      </section>
      <Form.Item name="blank_marks" label={t('intake.blank_marks')} extra={t('intake.blank_marks_hint')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ']} />
      </Form.Item>
    </>
  );
}
