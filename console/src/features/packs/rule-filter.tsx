/// A search box and a choice of kinds above rules, wherever they are listed.
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useLocalization } from '../../i18n';
import { useWords } from './form/words';

export interface RuleFilter {
  /// What somebody typed.
  text: string;
  kind: string | undefined;
  onText: (text: string) => void;
  onKind: (kind: string | undefined) => void;
}

export function useRuleFilter(): RuleFilter {
  const [text, onText] = useState('');
  const [kind, onKind] = useState<string>();
  return { text, kind, onText, onKind };
}

/// Whether a rule of a kind of which this is told is looked for.
export function isWanted(
  { text, kind }: Pick<RuleFilter, 'text' | 'kind'>,
  of: string,
  told: (string | null | undefined)[],
): boolean {
  if (kind !== undefined && of !== kind) return false;
  return told.filter(Boolean).join(' ').toLowerCase().includes(text.trim().toLowerCase());
}

interface RuleFilterProperties {
  filter: RuleFilter;
  /// The kinds that there are, in the order in which they are offered.
  kinds: string[];
  /// What can be searched by.
  hint: string;
  prefix?: ReactNode;
  className?: string;
  test?: string;
}

export function RuleFilterBoxes({ filter, kinds, hint, prefix, className, test }: RuleFilterProperties) {
  const { t } = useLocalization();
  const words = useWords();
  return (
    <>
      <Input
        allowClear
        className={className}
        prefix={prefix}
        value={filter.text}
        placeholder={hint}
        aria-label={hint}
        data-test={test}
        onChange={(event) => filter.onText(event.target.value)}
      />
      <Select
        allowClear
        value={filter.kind}
        placeholder={t('packs.all_kinds')}
        aria-label={t('packs.kind_of_rule')}
        popupMatchSelectWidth={false}
        onChange={(chosen?: string) => filter.onKind(chosen)}
        options={kinds.map((one) => ({ value: one, label: words.kind(one) }))}
      />
    </>
  );
}
