/// What one wants to know of a customer at a glance.
import { Link } from '@tanstack/react-router';
import { Tag } from 'antd';
import type { CustomerView } from '../../api/types';
import { useLocalization } from '../../i18n';
import { useLabels } from './labels';
import { useSourceNames } from './source-names';

export function CustomerChips({ view }: { view: CustomerView }) {
  const { t, day } = useLocalization();
  const labels = useLabels();
  const sourceName = useSourceNames();
  return (
    <div className="chips">
      <Tag color="blue">{labels.kind(view.kind)}</Tag>
      <Tag>{t('customers.chip_records', { count: view.records_count })}</Tag>
      <Tag title={view.sources.map(sourceName).join(', ')}>
        {t('customers.chip_sources', { count: view.sources.length })}
      </Tag>
      <Tag>{t('customers.chip_since', { day: day(view.created_at) })}</Tag>
      {view.open_reviews > 0 && (
        <Link to="/reviews" search={{}}>
          <Tag color="warning">{t('customers.chip_reviews', { count: view.open_reviews })}</Tag>
        </Link>
      )}
      {view.merged_numbers.length > 0 && (
        <Tag title={view.merged_numbers.join(', ')}>
          {t('customers.chip_merged', { count: view.merged_numbers.length })}
        </Tag>
      )}
    </div>
  );
}
