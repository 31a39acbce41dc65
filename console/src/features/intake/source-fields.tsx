/// The fields of a source (来源): who answers for it, how far it is trusted, why it may be used.
import { Form, Input, InputNumber, Select, Slider } from 'antd';
import { useLocalization } from '../../i18n';
import { useLabels } from '../customers/labels';

interface TrustProperties {
  id?: string;
  value?: number;
  onChange?: (value: number) => void;
}

/// Dragged by those who estimate, typed by those who know.
function Trust({ id, value = 0, onChange }: TrustProperties) {
  const { t } = useLocalization();
  return (
    <div className="trust">
      <Slider
        ariaLabelForHandle={t('intake.trust')}
        min={0}
        max={100}
        marks={{ 0: '0', 50: '50', 100: '100' }}
        value={value}
        onChange={onChange}
      />
      <InputNumber
        id={id}
        min={0}
        max={100}
        precision={0}
        value={value}
        onChange={(typed) => onChange?.(typed ?? 0)}
      />
    </div>
  );
}

export function SourceFields({ isNew }: { isNew: boolean }) {
  const { t } = useLocalization();
  const labels = useLabels();
  const needed = [{ required: true, whitespace: true, message: t('shell.needed') }];
  return (
    <>
      <Form.Item
        name="code"
        label={t('intake.source_code')}
        extra={t(isNew ? 'intake.source_code_hint' : 'intake.source_code_fixed')}
        rules={
          isNew
            ? [{ required: true, pattern: /^[a-z][a-z0-9_-]{0,39}$/, message: t('intake.source_code_hint') }]
            : []
        }
      >
        <Input autoComplete="off" className="mono" disabled={!isNew} />
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
      <Form.Item
        name="trust"
        label={t('intake.trust')}
        extra={t(isNew ? 'intake.trust_hint' : 'intake.trust_change_hint')}
      >
        <Trust />
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
