/// A file is added to a draft, or removed from it. `pack.toml` lists it by itself, and stays.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { headKey } from './rules';
import type { Draft } from './use-draft';

/// Plain names, with folders before a stroke: what the server takes as the name of a file.
export const filePattern = /^(?:[A-Za-z0-9_+-][A-Za-z0-9_.+-]*\/)*[A-Za-z0-9_+-][A-Za-z0-9_.+-]*\.toml$/;

interface FileButtonsProperties {
  draft: Draft;
  /// The file that is shown.
  chosen: string;
  onChosen: (name: string) => void;
}

function AddFileDialog({
  draft,
  onChosen,
  onClose,
}: Omit<FileButtonsProperties, 'chosen'> & { onClose: () => void }) {
  const { t } = useLocalization();
  const [form] = Form.useForm<{ name: string }>();
  const adding = useMutation({
    mutationFn: async (name: string) => {
      await draft.save([], { [name]: '' });
      return name;
    },
    onSuccess: (name) => {
      onChosen(name);
      onClose();
    },
  });
  const isNew = (_: unknown, name: string) =>
    name in draft.files ? Promise.reject(new Error(t('packs.file_taken'))) : Promise.resolve();
  return (
    <Modal
      open
      title={t('packs.add_file')}
      okText={t('packs.add_file')}
      confirmLoading={adding.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <ProblemAlert error={adding.error} />
      <Form form={form} layout="vertical" onFinish={({ name }) => adding.mutate(name)}>
        <Form.Item
          name="name"
          label={t('packs.file_name')}
          extra={t('packs.file_hint')}
          rules={[
            { required: true, pattern: filePattern, message: t('packs.file_hint') },
            { validator: isNew },
          ]}
        >
          <Input autoFocus placeholder="rules/limits.toml" data-test="file-name" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function FileButtons({ draft, chosen, onChosen }: FileButtonsProperties) {
  const { t } = useLocalization();
  const { modal } = App.useApp();
  const [isAdding, setAdding] = useState(false);
  const ask = () =>
    void modal.confirm({
      title: t('packs.remove_file_title', { name: chosen }),
      content: t('packs.remove_file_hint'),
      okText: t('packs.remove_file'),
      okButtonProps: { danger: true },
      onOk: async () => {
        await draft.save([], { [chosen]: null });
        onChosen(headKey);
      },
    });
  return (
    <>
      <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)} data-test="add-file">
        {t('packs.add_file')}
      </Button>
      {chosen !== headKey && (
        <Button size="small" icon={<DeleteOutlined />} onClick={ask} data-test="remove-file">
          {t('packs.remove_file')}
        </Button>
      )}
      {isAdding && <AddFileDialog draft={draft} onChosen={onChosen} onClose={() => setAdding(false)} />}
    </>
  );
}
