/// How many customers have how many records (客户记录数), before and afterwards where both are known.
import type { ClusterSizes } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ChartPanel } from '../overview/chart-panel';

const order = ['one', 'two', 'three', 'four', 'five_to_nine', 'ten_and_more'] as const;

export function Sizes({ now, before }: { now: ClusterSizes; before?: ClusterSizes }) {
  const { t } = useLocalization();
  const valuesOf = (sizes: ClusterSizes) => order.map((size) => sizes[size]);
  return (
    <ChartPanel
      title={t('linkage.sizes')}
      nameTitle={t('overview.records_of_customer')}
      names={order.map((size) => t(`linkage.size.${size}`))}
      series={
        before
          ? [
              { title: t('linkage.after'), values: valuesOf(now) },
              { title: t('linkage.before'), values: valuesOf(before) },
            ]
          : [{ title: t('overview.customers'), values: valuesOf(now) }]
      }
    />
  );
}
