/// The state of a batch, in words and colour.
import { Tag } from 'antd';
import type { Batch } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';

const colours: Record<Batch['state'], string> = {
  running: 'processing',
  finished: 'success',
  failed: 'error',
  withdrawing: 'processing',
  withdrawn: 'default',
  interrupted: 'warning',
};

export function BatchState({ batch }: { batch: Batch }) {
  const { t } = useLocalization();
  return (
    <>
      <Tag color={colours[batch.state]}>{t(`intake.state.${batch.state}` satisfies Key)}</Tag>
      {batch.dry_run && <Tag>{t('intake.trial')}</Tag>}
    </>
  );
}
