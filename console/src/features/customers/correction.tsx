/// Correcting a customer: a record from the desk, so that it competes with the others and can be traced.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Drawer, Form, Input, Select } from 'antd';
import { answer, client } from '../../api/client';
import type { CustomerView } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { useLabels } from './labels';
import { customersChanged } from './queries';

interface CorrectionValues {
  values: { attribute: string; value: string }[];
  reason: string;
}

/// An attribute named twice becomes a list, as the server expects of multiple ones.
export function attributesOf(values: CorrectionValues['values']): Record<string, string | string[]> {
  const attributes: Record<string, string | string[]> = {};
  for (const { attribute, value } of values) {
    const known = attributes[attribute];
    attributes[attribute] = known === undefined ? value.trim() : [known, value.trim()].flat();
  }
  return attributes;
}

function useCorrection(number: string, onDone: () => void) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: ({ values, reason }: CorrectionValues) =>
      answer(
        client.POST('/api/v1/customers/{number}/corrections', {
          params: { path: { number } },
          body: { attributes: attributesOf(values), reason },
        }),
      ),
    onSuccess: async (outcome) => {
      onDone();
      message.success(t(`customers.outcome.${outcome.outcome}` satisfies Key));
      await customersChanged();
    },
  });
}

function CorrectionLines({ kind }: { kind: string }) {
  const { t } = useLocalization();
  const labels = useLabels();
  const options = labels.attributes
    .filter((attribute) => attribute.kinds.length === 0 || attribute.kinds.includes(kind))
    .map((attribute) => ({ value: attribute.name, label: labels.attribute(attribute.name) }));
  return (
    <Form.List name="values">
      {(fields, { add, remove }) => (
        <>
          {fields.map((field) => (
            <div className="correction-line" key={field.key}>
              <Form.Item
                name={[field.name, 'attribute']}
                rules={[{ required: true, message: t('customers.attribute_needed') }]}
              >
                <Select
                  showSearch={{ optionFilterProp: 'label' }}
                  options={options}
                  placeholder={t('customers.attribute')}
                  aria-label={t('customers.attribute')}
                />
              </Form.Item>
              <Form.Item
                name={[field.name, 'value']}
                rules={[{ required: true, message: t('customers.value_needed') }]}
              >
                <Input
                  placeholder={t('customers.new_value')}
                  aria-label={t('customers.new_value')}
                  autoComplete="off"
                />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('shell.remove')}
                disabled={fields.length === 1}
                onClick={() => remove(field.name)}
              />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>
            {t('customers.add_value')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

export function CorrectionDrawer({
  view,
  open,
  onClose,
}: {
  view: CustomerView;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useLocalization();
  const [form] = Form.useForm<CorrectionValues>();
  const correction = useCorrection(view.number, onClose);
  return (
    <Drawer
      open={open}
      onClose={onClose}
      destroyOnHidden
      size={520}
      title={t('customers.correct_title')}
      extra={
        <Button
          type="primary"
          loading={correction.isPending}
          onClick={() => form.submit()}
          data-test="save-correction"
        >
          {t('shell.save')}
        </Button>
      }
    >
      <p className="soft">{t('customers.correct_hint')}</p>
      <ProblemAlert error={correction.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ values: [{}] }}
        onFinish={(values) => correction.mutate(values)}
      >
        <CorrectionLines kind={view.kind} />
        <Form.Item
          name="reason"
          label={t('customers.reason')}
          className="spaced"
          rules={[{ required: true, whitespace: true, message: t('shell.reason_needed') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
