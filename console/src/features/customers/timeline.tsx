/// What happened to a customer, newest first.
import { useQuery } from '@tanstack/react-query';
import { Skeleton, Timeline as Steps } from 'antd';
import type { TimelineEntry } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { Failed, NothingHere } from '../../shell/states';
import { timelineQuery } from './queries';

const colours: Partial<Record<TimelineEntry['kind'], string>> = {
  merged: 'orange',
  unmerged: 'orange',
  withdrawn: 'red',
  unmasked: 'purple',
  review: 'gold',
};

export function Timeline({ number }: { number: string }) {
  const { t, pick, instant } = useLocalization();
  const { data, error, refetch } = useQuery(timelineQuery(number));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  if (data.items.length === 0) return <NothingHere title={t('customers.no_timeline')} />;
  return (
    <Steps
      className="timeline"
      items={data.items.map((entry, index) => ({
        key: `${entry.at} ${index}`,
        color: colours[entry.kind] ?? 'blue',
        content: (
          <div>
            <b>{t(`customers.event.${entry.kind}` satisfies Key)}</b> <span>{pick(entry.text)}</span>
            <div className="soft" title={entry.at}>
              {[instant(entry.at), entry.actor].filter(Boolean).join(' · ')}
            </div>
          </div>
        ),
      }))}
    />
  );
}
