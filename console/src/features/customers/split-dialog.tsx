/// Splitting a customer (拆分): what both parts would look like, a reason, and only then the split.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Form, Input, Modal, Skeleton } from 'antd';
import { answer, client } from '../../api/client';
import type { Split, SplitPart, SplitPreview } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { useLabels } from './labels';
import { customersChanged } from './queries';

function Part({ title, part }: { title: string; part: SplitPart }) {
  const { t, number } = useLocalization();
  const labels = useLabels();
  return (
    <section className="split-part">
      <h3 className="soft">{title}</h3>
      <div className="side-name">{part.name || t('customers.nameless')}</div>
      <div>
        {labels.kind(part.kind)} · {t('customers.chip_records', { count: number(part.records) })}
      </div>
      <dl>
        <dt className="soft">{t('customers.id_number')}</dt>
        <dd>{part.id_number ?? '—'}</dd>
        <dt className="soft">{t('customers.mobile')}</dt>
        <dd>{part.mobile ?? '—'}</dd>
      </dl>
    </section>
  );
}

function Preview({ preview }: { preview: SplitPreview }) {
  const { t } = useLocalization();
  return (
    <>
      <div className="split-parts" data-test="split-preview">
        <Part
          title={t('customers.split_stays', { number: preview.stays.number ?? '' })}
          part={preview.stays}
        />
        <Part title={t('customers.split_leaves')} part={preview.leaves} />
      </div>
      {preview.shares_number && (
        <Alert type="info" showIcon className="problem" title={t('customers.split_shares')} />
      )}
    </>
  );
}

interface SplitDialogProperties {
  number: string;
  series: string[];
  onClose: () => void;
  onDone: (split: Split) => void;
}

function useSplit({ number, series, onDone }: SplitDialogProperties) {
  const params = { path: { number } };
  return useMutation({
    mutationFn: (reason: string) =>
      answer(client.POST('/api/v1/customers/{number}/splits', { params, body: { series, reason } })),
    onSuccess: async (split) => {
      onDone(split);
      await customersChanged();
    },
  });
}

/// What was split off, and the way there.
export function SplitDone({ split, onClose }: { split: Split; onClose: () => void }) {
  const { t } = useLocalization();
  return (
    <Alert
      type="success"
      showIcon
      closable={{ onClose }}
      data-test="split-done"
      title={
        <>
          {t('customers.split_done', { count: split.records })}{' '}
          <Link
            to="/customers/$number"
            params={{ number: split.new_number }}
            search={{ tab: 'records' }}
            className="mono"
          >
            {split.new_number}
          </Link>
        </>
      }
    />
  );
}

export function SplitDialog(properties: SplitDialogProperties) {
  const { number, series, onClose } = properties;
  const { t } = useLocalization();
  const [form] = Form.useForm<{ reason: string }>();
  const split = useSplit(properties);
  const preview = useQuery({
    queryKey: ['split-preview', number, ...series],
    queryFn: () =>
      answer(
        client.POST('/api/v1/customers/{number}/splits/preview', {
          params: { path: { number } },
          body: { series },
        }),
      ),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Modal
      open
      width={640}
      title={t('customers.split_title', { number })}
      okText={t('customers.split_confirm')}
      okButtonProps={{ disabled: !preview.data }}
      confirmLoading={split.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{t('customers.split_lead')}</p>
      <ProblemAlert error={split.error ?? preview.error} />
      {preview.data ? <Preview preview={preview.data} /> : !preview.error && <Skeleton active />}
      <Form form={form} layout="vertical" onFinish={({ reason }) => split.mutate(reason.trim())}>
        <Form.Item
          name="reason"
          label={t('customers.reason')}
          rules={[{ required: true, whitespace: true, message: t('shell.reason_needed') }]}
        >
          <Input.TextArea rows={2} maxLength={500} showCount autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
