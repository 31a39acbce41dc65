/// A new rule: its kind, its id, what it is called and whence it comes. Everything else stands in its form.
import { useMutation } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { useWords } from './form/words';
import type { Table } from './json';
import { kindNames, kindOf } from './kinds/kinds';
import { addition, idPattern } from './rules';
import type { Draft } from './use-draft';

interface NewRule {
  kind: string;
  id: string;
  zh: string;
  en: string;
  source?: string;
}

function tableOf({ kind, id, zh, en, source }: NewRule): Table {
  const named: Table = kind === 'fact' ? { name: id } : { id };
  const table: Table = { ...named, label: { zh, en }, ...kindOf(kind)?.fresh };
  if (kind !== 'fact' && source) table.source = source;
  return table;
}

interface NewRuleProperties {
  draft: Draft;
  onClose: () => void;
  onAdded: (id: string) => void;
}

export function NewRuleDialog({ draft, onClose, onAdded }: NewRuleProperties) {
  const { t } = useLocalization();
  const words = useWords();
  const [form] = Form.useForm<NewRule>();
  const kind = Form.useWatch('kind', form);
  const adding = useMutation({
    mutationFn: async (wanted: NewRule) => {
      const edit = addition(draft.rules, Object.keys(draft.files), wanted.kind, tableOf(wanted));
      await draft.save(edit ? [edit] : []);
      return wanted.id;
    },
    onSuccess: (id) => {
      onAdded(id);
      onClose();
    },
  });
  const needed = { required: true, whitespace: true, message: t('shell.needed') };
  const isNew = (_: unknown, id: string) =>
    draft.rules.some((rule) => rule.id === id)
      ? Promise.reject(new Error(t('packs.id_taken')))
      : Promise.resolve();
  return (
    <Modal
      open
      title={t('packs.add_rule')}
      okText={t('packs.add_rule')}
      confirmLoading={adding.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{t('packs.add_rule_hint')}</p>
      <ProblemAlert error={adding.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'condition', source: draft.edition.sources[0]?.id }}
        onFinish={(wanted) => adding.mutate(wanted)}
      >
        <Form.Item name="kind" label={t('packs.kind_of_rule')}>
          <Select options={kindNames.map((one) => ({ value: one, label: words.kind(one) }))} />
        </Form.Item>
        <Form.Item
          name="id"
          label={words.field('id')}
          extra={t('packs.id_hint')}
          rules={[needed, { pattern: idPattern, message: t('packs.id_hint') }, { validator: isNew }]}
        >
          <Input data-test="new-rule-id" />
        </Form.Item>
        <Form.Item name="zh" label={`${words.field('label')} ${t('packs.in_chinese')}`} rules={[needed]}>
          <Input lang="zh-CN" />
        </Form.Item>
        <Form.Item name="en" label={`${words.field('label')} ${t('packs.in_english')}`} rules={[needed]}>
          <Input lang="en" />
        </Form.Item>
        {kind !== 'fact' && (
          <Form.Item name="source" label={words.field('source')}>
            <Select options={draft.edition.sources.map(({ id, title }) => ({ value: id, label: title }))} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
