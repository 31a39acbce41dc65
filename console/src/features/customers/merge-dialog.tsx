/// Merging another customer into this one, by a person who gives a reason.
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, App, Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { answer, client } from '../../api/client';
import type { MergeOutcome } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { Dangers } from '../resolution/dangers';
import { customersChanged } from './queries';

interface MergeValues {
  absorbed: string;
  reason: string;
}

function useMerge(number: string, onClose: () => void) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [proposed, setProposed] = useState<MergeOutcome>();
  const mutation = useMutation({
    mutationFn: (body: MergeValues) =>
      answer(client.POST('/api/v1/customers/{number}/merges', { params: { path: { number } }, body })),
    onSuccess: async (outcome) => {
      await customersChanged();
      if (outcome.review) return setProposed(outcome);
      onClose();
      message.success(t('customers.merged_into', { survivor: outcome.survivor }));
      await navigate({
        to: '/customers/$number',
        params: { number: outcome.survivor },
        search: { tab: 'merges' },
      });
    },
  });
  return { mutation, proposed };
}

/// A dangerous merge is not done but waits for a second person.
function Proposed({ outcome }: { outcome: MergeOutcome }) {
  const { t } = useLocalization();
  return (
    <Alert
      type="warning"
      showIcon
      data-test="merge-proposed"
      title={t('customers.merge_proposed')}
      description={
        <>
          <Dangers dangers={outcome.dangers} />
          <p>{t('customers.merge_proposed_hint', { survivor: outcome.survivor })}</p>
          <Link to="/reviews" search={{ id: outcome.review ?? undefined, list: 'second_opinion' }}>
            {t('customers.see_case', { id: outcome.review ?? '' })}
          </Link>
        </>
      }
    />
  );
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

function MergeForm({ number, absorbed, preview, onClose }: Omit<MergeDialogProperties, 'open'>) {
  const { t } = useLocalization();
  const [form] = Form.useForm<MergeValues>();
  const { mutation, proposed } = useMerge(number, onClose);
  return (
    <Modal
      open
      title={t('customers.merge_title')}
      okText={t('customers.merge')}
      confirmLoading={mutation.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      cancelText={proposed && t('customers.close')}
      footer={(buttons, { CancelBtn }) => (proposed ? <CancelBtn /> : buttons)}
    >
      {proposed ? (
        <Proposed outcome={proposed} />
      ) : (
        <>
          <p className="soft">{t('customers.merge_hint')}</p>
          {preview}
          <ProblemAlert error={mutation.error} />
          <Form
            form={form}
            layout="vertical"
            preserve={false}
            initialValues={{ absorbed }}
            onFinish={(values) => mutation.mutate(values)}
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
        </>
      )}
    </Modal>
  );
}

/// What was said in the dialog is forgotten when it is closed.
export function MergeDialog({ open, ...properties }: MergeDialogProperties) {
  return open ? <MergeForm {...properties} /> : null;
}
