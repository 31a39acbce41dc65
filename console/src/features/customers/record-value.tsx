/// A value as one record gives it.
import { useState } from 'react';
import type { RecordValue } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Disclose } from './disclose';
import { Validity } from './value';

interface RecordValueProperties {
  number: string;
  record: string;
  value: RecordValue;
}

export function RecordValueCell({ number, record, value }: RecordValueProperties) {
  const { pick } = useLocalization();
  const [disclosed, setDisclosed] = useState<string>();
  const what = value.attribute ? { record, attribute: value.attribute } : { record, column: value.column };
  return (
    <div className="record-value">
      <span>{disclosed ?? (value.value || '—')}</span>
      <Validity valid={value.valid} problem={value.problem} />
      {value.masked && (
        <Disclose
          number={number}
          what={what}
          label={pick(value.label) || value.column}
          shown={disclosed !== undefined}
          onShown={setDisclosed}
        />
      )}
    </div>
  );
}
