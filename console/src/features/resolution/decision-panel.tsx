/// The decision: same, different or later, with a reason from a template or in one's own words.
import { Button, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { type Key, useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import type { Verdict } from './queries';

const templates: Record<Verdict, Key[]> = {
  same: [
    'resolution.template.same_document',
    'resolution.template.same_typo',
    'resolution.template.same_renamed',
  ],
  different: [
    'resolution.template.different_number',
    'resolution.template.different_person',
    'resolution.template.different_shared',
  ],
};

interface DecisionProperties {
  verdict: Verdict | undefined;
  onVerdict: (verdict: Verdict) => void;
  onSkip: () => void;
  onDecide: (verdict: Verdict, reason: string) => void;
}

function ReasonForm({ verdict, onDecide }: { verdict: Verdict; onDecide: DecisionProperties['onDecide'] }) {
  const { t } = useLocalization();
  const [reason, setReason] = useState('');
  const field = useRef<InputRef>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another verdict asks for a reason again
  useEffect(() => field.current?.focus(), [verdict]);
  const isReady = reason.trim() !== '';
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onDecide(verdict, reason.trim());
      }}
    >
      <label htmlFor="decision-reason">{t('customers.reason')}</label>
      <Input
        id="decision-reason"
        ref={field}
        value={reason}
        maxLength={500}
        autoComplete="off"
        placeholder={t('resolution.reason_hint')}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="chips">
        {templates[verdict].map((key) => (
          <Button key={key} size="small" onClick={() => setReason(t(key))}>
            {t(key)}
          </Button>
        ))}
      </div>
      <Button type="primary" htmlType="submit" block disabled={!isReady} data-test="confirm-decision">
        {t(verdict === 'same' ? 'resolution.confirm_same' : 'resolution.confirm_different')} <kbd>Enter</kbd>
      </Button>
    </form>
  );
}

export function DecisionPanel({ verdict, onVerdict, onSkip, onDecide }: DecisionProperties) {
  const { t } = useLocalization();
  return (
    <Panel title={t('resolution.decision')}>
      <div className="decisions">
        <Button
          type={verdict === 'same' ? 'primary' : 'default'}
          block
          onClick={() => onVerdict('same')}
          data-test="same"
        >
          {t('resolution.same')} <kbd>S</kbd>
        </Button>
        <Button
          type={verdict === 'different' ? 'primary' : 'default'}
          block
          onClick={() => onVerdict('different')}
          data-test="different"
        >
          {t('resolution.different')} <kbd>D</kbd>
        </Button>
        <Button block onClick={onSkip} data-test="skip">
          {t('resolution.next')} <kbd>N</kbd>
        </Button>
      </div>
      {verdict ? (
        <ReasonForm verdict={verdict} onDecide={onDecide} />
      ) : (
        <p className="soft">{t('resolution.choose_hint')}</p>
      )}
    </Panel>
  );
}
