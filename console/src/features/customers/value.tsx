/// One golden value: where it comes from on hover or focus, whether it is valid, and an eye if it is masked.
import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Popover, Tooltip } from 'antd';
import { useState } from 'react';
import type { ViewValue } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Disclose } from './disclose';
import { useLabels } from './labels';
import { ProvenanceCard } from './provenance';

export function Validity({ valid, problem }: { valid?: boolean | null; problem?: ViewValue['problem'] }) {
  const { t, pick } = useLocalization();
  if (valid == null) return null;
  const text = valid ? t('customers.valid') : pick(problem) || t('customers.invalid');
  return (
    <Tooltip title={text}>
      <span role="img" aria-label={text} className={valid ? 'good' : 'bad'}>
        {valid ? <CheckCircleOutlined /> : <WarningOutlined />}
      </span>
    </Tooltip>
  );
}

interface ValueCellProperties {
  number: string;
  value: ViewValue;
  asOf?: string;
}

export function ValueCell({ number, value, asOf }: ValueCellProperties) {
  const { t, pick } = useLocalization();
  const labels = useLabels();
  const [open, setOpen] = useState(false);
  const [disclosed, setDisclosed] = useState<string>();
  return (
    <>
      <Popover
        trigger={['hover', 'focus']}
        open={open}
        onOpenChange={setOpen}
        mouseEnterDelay={0.25}
        placement="bottomLeft"
        title={t('customers.provenance_of', { label: pick(value.label) })}
        content={open ? <ProvenanceCard number={number} attribute={value.attribute} asOf={asOf} /> : <span />}
      >
        <button type="button" className="value" data-test={`value-${value.attribute}`}>
          {disclosed ?? (labels.value(value.attribute, value.value) || '—')}
          {value.candidates > 0 && (
            <span className="candidates" title={t('customers.losers', { count: value.candidates })}>
              +{value.candidates}
            </span>
          )}
        </button>
      </Popover>
      <Validity valid={value.valid} problem={value.problem} />
      {value.masked && (
        <Disclose
          number={number}
          what={{ record: value.record, attribute: value.attribute }}
          label={pick(value.label)}
          shown={disclosed !== undefined}
          onShown={setDisclosed}
        />
      )}
    </>
  );
}
