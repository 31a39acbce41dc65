/// A pack of one's own, which lies upon those that are shipped: its rules replace theirs where the ids are the same.
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { useWords } from './form/words';
import { layers } from './grouping';
import { createPack, editionChanged } from './queries';
import { idPattern } from './rules';
import { filesOf, type NewPack } from './skeleton';

function NewPackDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLocalization();
  const words = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<NewPack>();
  const layer = Form.useWatch('layer', form);
  const creating = useMutation({
    mutationFn: (wanted: NewPack) => createPack(filesOf({ ...wanted, from: dayjs().format('YYYY-MM-DD') })),
    onSuccess: async (draft) => {
      await editionChanged(draft);
      await navigate({ to: '/packs/editions/$id', params: { id: draft.id }, search: {} });
    },
  });
  const needed = { required: true, whitespace: true, message: t('shell.needed') };
  return (
    <Modal
      open
      title={t('packs.new_pack')}
      okText={t('packs.new_pack')}
      confirmLoading={creating.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{t('packs.new_pack_hint')}</p>
      <ProblemAlert error={creating.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ layer: 'institution' }}
        onFinish={(wanted) => creating.mutate(wanted)}
      >
        <Form.Item
          name="id"
          label={words.field('id')}
          extra={t('packs.id_hint')}
          rules={[needed, { pattern: idPattern, message: t('packs.id_hint') }]}
        >
          <Input data-test="new-pack-id" />
        </Form.Item>
        <Form.Item name="zh" label={`${words.field('label')} ${t('packs.in_chinese')}`} rules={[needed]}>
          <Input lang="zh-CN" data-test="new-pack-zh" />
        </Form.Item>
        <Form.Item name="en" label={`${words.field('label')} ${t('packs.in_english')}`} rules={[needed]}>
          <Input lang="en" data-test="new-pack-en" />
        </Form.Item>
        <Form.Item name="layer" label={t('packs.layer_label')}>
          <Select options={layers.map((one) => ({ value: one, label: t(`packs.layer.${one}`) }))} />
        </Form.Item>
        {layer === 'branch' && (
          <Form.Item name="branch" label={t('packs.branch')} rules={[needed]}>
            <Input />
          </Form.Item>
        )}
        <Form.Item name="source" label={t('packs.own_source')} rules={[needed]}>
          <Input data-test="new-pack-source" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function NewPackButton() {
  const { t } = useLocalization();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} data-test="new-pack">
        {t('packs.new_pack')}
      </Button>
      {isOpen && <NewPackDialog onClose={() => setOpen(false)} />}
    </>
  );
}
