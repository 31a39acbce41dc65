/// Which cases are listed, how many of each kind there are, and in which order they come.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Segmented, Select } from 'antd';
import type { Count, ReviewCounts } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { reviewLists, reviewOrders } from './lists';
import { type ReviewFilter, reviewCountsQuery } from './queries';

function useCount() {
  const { number } = useLocalization();
  return (count: Count | undefined) => (count ? `${number(count.value)}${count.exact ? '' : '+'}` : '…');
}

function ReasonSelect({ filter, counts }: { filter: ReviewFilter; counts: ReviewCounts | undefined }) {
  const { t, pick, number } = useLocalization();
  const navigate = useNavigate();
  const known = counts?.reasons ?? [];
  const options = known.map(({ reason, count }) => ({
    value: reason.code,
    label: `${pick(reason.text)} (${number(count)})`,
  }));
  if (filter.reason && !known.some(({ reason }) => reason.code === filter.reason))
    options.push({ value: filter.reason, label: filter.reason });
  return (
    <Select
      allowClear
      className="reason-select"
      value={filter.reason}
      placeholder={t('resolution.all_reasons')}
      aria-label={t('resolution.reason')}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(reason?: string) => void navigate({ to: '/reviews', search: { ...filter, reason } })}
      data-test="reason"
    />
  );
}

export function QueueToolbar({ filter, onHelp }: { filter: ReviewFilter; onHelp: () => void }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const count = useCount();
  const { data: counts } = useQuery(reviewCountsQuery);
  return (
    <div className="toolbar">
      <Segmented
        value={filter.list}
        aria-label={t('resolution.lists')}
        data-test="lists"
        options={reviewLists.map((list) => ({
          value: list,
          label: `${t(`resolution.list.${list}` satisfies Key)} ${count(counts?.[list])}`,
        }))}
        onChange={(list) => void navigate({ to: '/reviews', search: { ...filter, list } })}
      />
      <ReasonSelect filter={filter} counts={counts} />
      {filter.list !== 'decided' && (
        <Segmented
          value={filter.order}
          aria-label={t('customers.order')}
          data-test="order"
          options={reviewOrders.map((order) => ({
            value: order,
            label: t(`resolution.order.${order}` satisfies Key),
          }))}
          onChange={(order) => void navigate({ to: '/reviews', search: { ...filter, order } })}
        />
      )}
      <Button type="text" onClick={onHelp} data-test="keys">
        {t('resolution.keys')} <kbd>?</kbd>
      </Button>
    </div>
  );
}
