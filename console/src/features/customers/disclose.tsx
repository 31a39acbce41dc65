/// The eye beside a masked value: showing it asks for a purpose, is written to the audit log, and ends by itself.
import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Popover, Tooltip } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { answer, client } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { NewDisclosure } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { usePermission } from '../../shell/permission';

type Purpose = NewDisclosure['purpose'];
const purposes: Purpose[] = ['service', 'verification', 'compliance', 'correction'];

interface DiscloseProperties {
  number: string;
  what: Omit<NewDisclosure, 'purpose'>;
  label: string;
  shown: boolean;
  onShown: (value: string | undefined) => void;
}

function useDisclosure({ number, what, onShown }: DiscloseProperties, onDone: () => void) {
  const { pick } = useLocalization();
  const { message } = App.useApp();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMutation({
    mutationFn: (purpose: Purpose) =>
      answer(
        client.POST('/api/v1/customers/{number}/disclosures', {
          params: { path: { number } },
          body: { ...what, purpose },
        }),
      ),
    onSuccess: (disclosure) => {
      onShown(disclosure.value);
      onDone();
      clearTimeout(timer.current);
      timer.current = setTimeout(() => onShown(undefined), disclosure.expires_in_seconds * 1000);
    },
    onError: (error) => message.error(`${pick(asProblem(error).title)} (${asProblem(error).code})`),
  });
}

export function Disclose(properties: DiscloseProperties) {
  const { t } = useLocalization();
  const mayUnmask = usePermission('unmask');
  const [open, setOpen] = useState(false);
  const disclosure = useDisclosure(properties, () => setOpen(false));
  const { label, shown, onShown } = properties;
  if (!mayUnmask) return null;
  if (shown) {
    return (
      <Tooltip title={t('customers.hide')}>
        <Button
          size="small"
          type="text"
          icon={<EyeInvisibleOutlined />}
          aria-label={t('customers.hide_label', { label })}
          onClick={() => onShown(undefined)}
        />
      </Tooltip>
    );
  }
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      title={t('customers.purpose_of', { label })}
      content={
        <div className="purposes">
          <p className="soft">{t('customers.purpose_hint')}</p>
          {purposes.map((purpose) => (
            <Button
              key={purpose}
              block
              loading={disclosure.isPending && disclosure.variables === purpose}
              data-test={`purpose-${purpose}`}
              onClick={() => disclosure.mutate(purpose)}
            >
              {t(`customers.purpose.${purpose}` satisfies Key)}
            </Button>
          ))}
        </div>
      }
    >
      <Button
        size="small"
        type="text"
        icon={<EyeOutlined />}
        aria-label={t('customers.show_label', { label })}
        data-test="unmask"
      />
    </Popover>
  );
}
