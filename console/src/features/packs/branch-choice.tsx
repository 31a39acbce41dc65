/// The unit whose own packs count too; offered where an institution has packs of branches.
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useLocalization } from '../../i18n';
import { packsQuery } from './queries';

interface BranchChoiceProperties {
  value: string | undefined;
  onChange: (branch: string | undefined) => void;
}

export function BranchChoice({ value, onChange }: BranchChoiceProperties) {
  const { t } = useLocalization();
  const { data } = useQuery(packsQuery);
  const named = (data?.items ?? []).flatMap(({ branch, state }) =>
    branch && state === 'approved' ? [branch] : [],
  );
  const branches = [...new Set(named)].sort();
  if (branches.length === 0) return null;
  return (
    <Select
      allowClear
      value={value}
      placeholder={t('packs.rules_for_all')}
      aria-label={t('packs.branch')}
      popupMatchSelectWidth={false}
      data-test="branch-choice"
      onChange={(branch?: string) => onChange(branch)}
      options={branches.map((branch) => ({ value: branch, label: t('packs.for_branch', { branch }) }))}
    />
  );
}
