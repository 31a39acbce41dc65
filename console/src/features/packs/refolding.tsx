/// Views on their way to another survivorship (视图重算): until they have arrived, lists may still show what stood before.
import { useQuery } from '@tanstack/react-query';
import { Alert, Progress } from 'antd';
import { useLocalization } from '../../i18n';
import { viewRulesQuery } from './queries';

export function RefoldingNote() {
  const { t, number, instant } = useLocalization();
  const { data } = useQuery(viewRulesQuery());
  const refolding = data?.refolding;
  if (!refolding) return null;
  const { folded, customers, since } = refolding;
  const percent = customers > 0 ? Math.min(99, Math.floor((folded / customers) * 100)) : 99;
  return (
    <Alert
      type="info"
      showIcon
      data-test="refolding"
      message={t('packs.refolding', { since: instant(since) })}
      description={
        <Progress
          percent={percent}
          aria-label={t('packs.refolding_progress')}
          format={() => `${number(folded)} / ${number(customers)}`}
        />
      }
    />
  );
}
