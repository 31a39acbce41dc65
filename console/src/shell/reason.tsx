/// Asking for a reason, and saying what went wrong with an action.
import { Alert, Button, Form, Input, Modal } from 'antd';
import { asProblem, detailOf } from '../api/problem';
import { useLocalization } from '../i18n';

/// What went wrong with an action, beside the form that started it.
export function ProblemAlert({ error }: { error: unknown }) {
  const { pick, language } = useLocalization();
  if (!error) return null;
  const problem = asProblem(error);
  const detail = detailOf(problem, language);
  return (
    <Alert
      type="error"
      showIcon
      className="problem"
      title={<span role="alert">{pick(problem.title)}</span>}
      description={
        <>
          {detail} <code>{problem.code}</code>
        </>
      }
    />
  );
}

/// The same for a change of something that somebody else may have changed meanwhile: then it is read again.
export function ChangeRefused({ error, onReload }: { error: unknown; onReload: () => void }) {
  const { t } = useLocalization();
  const isStale = Boolean(error) && asProblem(error).status === 412;
  return (
    <>
      <ProblemAlert error={error} />
      {isStale && (
        <Button className="problem" onClick={onReload} data-test="reload">
          {t('shell.reload_lose_changes')}
        </Button>
      )}
    </>
  );
}

interface ReasonProperties {
  open: boolean;
  title: string;
  explanation: string;
  confirm: string;
  danger?: boolean;
  pending: boolean;
  error: unknown;
  onCancel: () => void;
  onConfirm: (reason: string) => void;
}

export function ReasonDialog(properties: ReasonProperties) {
  const { t } = useLocalization();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      open={properties.open}
      destroyOnHidden
      title={properties.title}
      okText={properties.confirm}
      okButtonProps={{ danger: properties.danger }}
      confirmLoading={properties.pending}
      onOk={() => form.submit()}
      onCancel={properties.onCancel}
    >
      <p className="soft">{properties.explanation}</p>
      <ProblemAlert error={properties.error} />
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        onFinish={({ reason }) => properties.onConfirm(reason.trim())}
      >
        <Form.Item
          name="reason"
          label={t('customers.reason')}
          rules={[{ required: true, whitespace: true, message: t('shell.reason_needed') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
