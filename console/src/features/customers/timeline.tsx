/// What happened to a customer, newest first.
import { useQuery } from '@tanstack/react-query';
import { Skeleton, Timeline as Steps, Tag } from 'antd';
import type { TimelineEntry } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { Failed, NothingHere } from '../../shell/states';
import { timelineQuery } from './queries';

const colours: Partial<Record<TimelineEntry['kind'], string>> = {
  merged: 'orange',
  unmerged: 'orange',
  split: 'orange',
  withdrawn: 'red',
  unmasked: 'purple',
  review: 'gold',
};

/// An entry, and how often the same happened at the same instant: a file brings several records at once.
interface Happening {
  entry: TimelineEntry;
  times: number;
}

export function happeningsOf(entries: TimelineEntry[], text: (entry: TimelineEntry) => string): Happening[] {
  const happenings = new Map<string, Happening>();
  for (const entry of entries) {
    const key = [entry.at, entry.kind, entry.actor, text(entry)].join('\n');
    const known = happenings.get(key);
    if (known) known.times += 1;
    else happenings.set(key, { entry, times: 1 });
  }
  return [...happenings.values()];
}

export function Timeline({ number, asOf }: { number: string; asOf?: string }) {
  const { t, pick, instant } = useLocalization();
  const { data, error, refetch } = useQuery(timelineQuery(number));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const known = data.items.filter(({ at }) => asOf === undefined || Date.parse(at) <= Date.parse(asOf));
  const later = data.items.length - known.length;
  if (data.items.length === 0) return <NothingHere title={t('customers.no_timeline')} />;
  return (
    <>
      {later > 0 && <p className="soft">{t('customers.happened_later', { count: later })}</p>}
      {data.next && <p className="soft">{t('customers.first_events', { count: data.items.length })}</p>}
      <Steps
        className="timeline"
        items={happeningsOf(known, (entry) => pick(entry.text)).map(({ entry, times }, index) => ({
          key: `${entry.at} ${index}`,
          color: colours[entry.kind] ?? 'blue',
          content: (
            <div>
              <b>{t(`customers.event.${entry.kind}` satisfies Key)}</b> <span>{pick(entry.text)}</span>{' '}
              {times > 1 && <Tag>{t('customers.times', { count: times })}</Tag>}
              <div className="soft" title={entry.at}>
                {[instant(entry.at), entry.actor].filter(Boolean).join(' · ')}
              </div>
            </div>
          ),
        }))}
      />
    </>
  );
}
