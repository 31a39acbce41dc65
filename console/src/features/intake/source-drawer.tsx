/// Declaring a source (来源): who answers for it, how far it is trusted, why it may be used.
import { useMutation } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, Select, Slider } from 'antd';
import { answer, client } from '../../api/client';
import { queryClient } from '../../api/queries';
import type { NewSource } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { useLabels } from '../customers/labels';

const usualChannel = 'file';

interface SourceDrawerProperties {
  open: boolean;
  onClose: () => void;
  onCreated: (code: string) => void;
}

function useCreation(onCreated: (code: string) => void) {
  return useMutation({
    mutationFn: (body: NewSource) => answer(client.POST('/api/v1/sources', { body })),
    onSuccess: async (source) => {
      await queryClient.invalidateQueries({ queryKey: ['sources'] });
      onCreated(source.code);
    },
  });
}

function SourceFields() {
  const { t } = useLocalization();
  const labels = useLabels();
  const needed = [{ required: true, whitespace: true, message: t('shell.needed') }];
  return (
    <>
      <Form.Item
        name="code"
        label={t('intake.source_code')}
        extra={t('intake.source_code_hint')}
        rules={[
          { required: true, pattern: /^[a-z][a-z0-9_-]{0,39}$/, message: t('intake.source_code_hint') },
        ]}
      >
        <Input autoComplete="off" className="mono" />
      </Form.Item>
      <Form.Item name="name" label={t('intake.source_name')} rules={needed}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="channel"
        label={t('intake.channel')}
        rules={[{ required: true, message: t('shell.needed') }]}
      >
        <Select options={labels.channels.map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="owner" label={t('intake.owner')} rules={needed}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="trust" label={t('intake.trust')} extra={t('intake.trust_hint')}>
        <Slider
          ariaLabelForHandle={t('intake.trust')}
          min={0}
          max={100}
          marks={{ 0: '0', 50: '50', 100: '100' }}
        />
      </Form.Item>
      <Form.Item name="purpose" label={t('intake.purpose')} rules={needed}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="legal_basis" label={t('intake.legal_basis')} rules={needed}>
        <Input autoComplete="off" />
      </Form.Item>
    </>
  );
}

export function SourceDrawer({ open, onClose, onCreated }: SourceDrawerProperties) {
  const { t } = useLocalization();
  const [form] = Form.useForm<NewSource>();
  const creation = useCreation(onCreated);
  return (
    <Drawer
      open={open}
      onClose={onClose}
      destroyOnHidden
      size={480}
      title={t('intake.new_source')}
      extra={
        <Button
          type="primary"
          loading={creation.isPending}
          onClick={() => form.submit()}
          data-test="save-source"
        >
          {t('shell.save')}
        </Button>
      }
    >
      <ProblemAlert error={creation.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ trust: 50, channel: usualChannel }}
        onFinish={(values) => creation.mutate(values)}
      >
        <SourceFields />
      </Form>
    </Drawer>
  );
}
