/// Where a run stands, as a word with a colour that is not needed to read it.
import { Tag } from 'antd';
import type { LinkageRun } from '../../api/types';
import { useLocalization } from '../../i18n';

const colours: Record<LinkageRun['state'], string> = {
  running: 'processing',
  ready: 'warning',
  applying: 'processing',
  applied: 'success',
  discarded: 'default',
  failed: 'error',
};

export function RunState({ run }: { run: LinkageRun }) {
  const { t } = useLocalization();
  return <Tag color={colours[run.state]}>{t(`linkage.state.${run.state}`)}</Tag>;
}
