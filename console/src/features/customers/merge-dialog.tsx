/// Merging another customer into this one, by a person who gives a reason.
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { answer, client } from '../../api/client';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { customersChanged } from './queries';

interface MergeValues {
  absorbed: string;
  reason: string;
}

function useMerge(number: string, onClose: () => void) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: MergeValues) =>
      answer(client.POST('/api/v1/customers/{number}/merges', { params: { path: { number } }, body })),
    onSuccess: async ({ survivor }) => {
      onClose();
      message.success(t('customers.merged_into', { survivor }));
      await customersChanged();
      await navigate({ to: '/customers/$number', params: { number: survivor }, search: { tab: 'merges' } });
    },
  });
}

interface MergeDialogProperties {
  number: string;
  /// The other number, where it was chosen already.
  absorbed?: string;
  /// Who the two are.
  preview?: ReactNode;
  open: boolean;
  onClose: () => void;
}

export function MergeDialog({ number, absorbed, preview, open, onClose }: MergeDialogProperties) {
  const { t } = useLocalization();
  const [form] = Form.useForm<MergeValues>();
  const merge = useMerge(number, onClose);
  return (
    <Modal
      open={open}
      destroyOnHidden
      title={t('customers.merge_title')}
      okText={t('customers.merge')}
      confirmLoading={merge.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{t('customers.merge_hint')}</p>
      {preview}
      <ProblemAlert error={merge.error} />
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ absorbed }}
        onFinish={(values) => merge.mutate(values)}
      >
        <Form.Item
          name="absorbed"
          label={t('customers.absorbed')}
          rules={[
            { required: true, message: t('customers.absorbed_needed') },
            {
              validator: (_, value: string) =>
                value?.trim() === number
                  ? Promise.reject(new Error(t('customers.absorbed_same')))
                  : Promise.resolve(),
            },
          ]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('customers.reason')}
          rules={[{ required: true, message: t('shell.reason_needed') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}
