/// A reason from a template or in one's own words, and the button that makes it so.
import { Button, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { type Key, useLocalization } from '../../i18n';

interface ReasonFormProperties {
  /// Another question asks for a reason again.
  question: string;
  templates: Key[];
  confirm: Key;
  pending?: boolean;
  onConfirm: (reason: string) => void;
}

export function ReasonForm({ question, templates, confirm, pending, onConfirm }: ReasonFormProperties) {
  const { t } = useLocalization();
  const [reason, setReason] = useState('');
  const field = useRef<InputRef>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question asks for a reason again
  useEffect(() => {
    setReason('');
    field.current?.focus();
  }, [question]);
  const isReady = reason.trim() !== '' && !pending;
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onConfirm(reason.trim());
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
        // The keys of the page work again.
        onKeyDown={(event) => event.key === 'Escape' && field.current?.blur()}
      />
      <div className="chips">
        {templates.map((key) => (
          <Button key={key} size="small" onClick={() => setReason(t(key))}>
            {t(key)}
          </Button>
        ))}
      </div>
      <Button
        type="primary"
        htmlType="submit"
        block
        disabled={!isReady}
        loading={pending}
        data-test="confirm-decision"
      >
        {t(confirm)} <kbd>Enter</kbd>
      </Button>
    </form>
  );
}
