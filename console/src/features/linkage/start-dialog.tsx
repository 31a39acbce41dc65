/// Starting to divide the whole book anew: over whose records, with which model, and why.
import { useMutation } from '@tanstack/react-query';
import { type ButtonProps, Form, Input, Modal, Radio } from 'antd';
import type { LinkageRun } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { families, type NewRun, runChanged, startRun } from './queries';

interface StartProperties {
  open: boolean;
  onCancel: () => void;
  onStarted: (run: LinkageRun) => void;
}

const confirmButton: ButtonProps & { 'data-test': string } = { 'data-test': 'confirm-start' };

export function StartDialog({ open, onCancel, onStarted }: StartProperties) {
  const { t } = useLocalization();
  const [form] = Form.useForm<NewRun>();
  const starting = useMutation({
    mutationFn: (wanted: NewRun) => startRun({ ...wanted, reason: wanted.reason.trim() }),
    onSuccess: async (run) => {
      await runChanged(run);
      onStarted(run);
    },
  });
  return (
    <Modal
      open={open}
      destroyOnHidden
      title={t('linkage.start')}
      okText={t('linkage.start')}
      okButtonProps={confirmButton}
      confirmLoading={starting.isPending}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      <p className="soft">{t('linkage.start_hint')}</p>
      <ProblemAlert error={starting.error} />
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ family: 'person', learn: false }}
        onFinish={(wanted) => starting.mutate(wanted)}
      >
        <Form.Item name="family" label={t('linkage.family')}>
          <Radio.Group options={families.map((one) => ({ value: one, label: t(`linkage.family.${one}`) }))} />
        </Form.Item>
        <Form.Item name="learn" label={t('linkage.which_model')} extra={t('linkage.learn_hint')}>
          <Radio.Group
            options={[
              { value: false, label: t('linkage.model_in_force') },
              { value: true, label: t('linkage.learn') },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('customers.reason')}
          rules={[{ required: true, whitespace: true, message: t('shell.reason_needed') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount data-test="start-reason" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
