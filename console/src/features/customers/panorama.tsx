/// Customer panorama (客户全景): everything known of one customer, today or at a past instant.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Button, Skeleton, Tabs } from 'antd';
import { useMemo, useState } from 'react';
import type { CustomerView, Difference } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Failed, Guarded } from '../../shell/states';
import { DifferenceTable } from './differences';
import { ValueGroups } from './groups';
import { PanoramaHead } from './head';
import { Merges } from './merges';
import { NetworkPanel } from './network';
import { customerQuery, differencesQuery } from './queries';
import { RecordsTable } from './records';
import { RuleDecisions } from './rule-decisions';
import { Timeline } from './timeline';

function BackToToday() {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { number } = useParams({ from: '/frame/customers/$number' });
  return (
    <Button onClick={() => void navigate({ to: '/customers/$number', params: { number }, search: {} })}>
      {t('customers.back_to_today')}
    </Button>
  );
}

function AsOfBanner({ asOf, differences }: { asOf: string; differences: Difference[] | undefined }) {
  const { t, instant } = useLocalization();
  return (
    <Alert
      type="warning"
      showIcon
      data-test="as-of-banner"
      title={t('customers.as_of_banner', { at: instant(asOf) })}
      description={differences && t('customers.as_of_differences', { count: differences.length })}
      action={<BackToToday />}
    />
  );
}

function Redirected({ view }: { view: CustomerView }) {
  const { t } = useLocalization();
  if (!view.redirected_from) return null;
  return (
    <Alert
      type="info"
      showIcon
      data-test="redirected"
      title={t('customers.redirected', { from: view.redirected_from, to: view.number })}
      description={
        <Link to="/customers/$number" params={{ number: view.number }} search={{ tab: 'merges' }}>
          {t('customers.see_merges')}
        </Link>
      }
    />
  );
}

function usePanoramaTabs(view: CustomerView, asOf: string | undefined, differences: Difference[]) {
  const { t } = useLocalization();
  const changed = useMemo(
    () => new Set(differences.map((difference) => difference.attribute)),
    [differences],
  );
  return [
    {
      key: 'overview',
      label: t('customers.tab_overview'),
      children: (
        <div className="stack">
          {asOf && differences.length > 0 && <DifferenceTable differences={differences} />}
          <ValueGroups view={view} changed={changed} asOf={asOf} />
        </div>
      ),
    },
    {
      key: 'records',
      label: t('customers.tab_records', { count: view.records_count }),
      children: <RecordsTable number={view.number} asOf={asOf} />,
    },
    {
      key: 'network',
      label: t('network.tab'),
      children: <NetworkPanel number={view.number} isPast={asOf !== undefined} />,
    },
    {
      key: 'timeline',
      label: t('customers.tab_timeline'),
      children: <Timeline number={view.number} asOf={asOf} />,
    },
    {
      key: 'rules',
      label: t('packs.decisions'),
      children: <RuleDecisions number={view.number} isPast={asOf !== undefined} />,
    },
    { key: 'merges', label: t('customers.tab_merges'), children: <Merges number={view.number} /> },
  ];
}

function Panorama({ view, asOf }: { view: CustomerView; asOf?: string }) {
  const navigate = useNavigate();
  const { tab } = useSearch({ from: '/frame/customers/$number' });
  const [openedAt] = useState(() => new Date().toISOString());
  const { data: differences } = useQuery(differencesQuery(view.number, asOf ?? '', openedAt));
  const tabs = usePanoramaTabs(view, asOf, differences ?? []);
  return (
    <div className={asOf ? 'page past' : 'page'}>
      <PanoramaHead view={view} asOf={asOf} />
      <Redirected view={view} />
      {asOf && <AsOfBanner asOf={asOf} differences={differences} />}
      <Tabs
        activeKey={tab ?? 'overview'}
        items={tabs}
        onChange={(key) =>
          void navigate({
            to: '/customers/$number',
            params: { number: view.number },
            search: { as_of: asOf, tab: tabs.find((known) => known.key === key)?.key as typeof tab },
            replace: true,
          })
        }
      />
    </div>
  );
}

function LoadedPanorama() {
  const { number } = useParams({ from: '/frame/customers/$number' });
  const { as_of: asOf } = useSearch({ from: '/frame/customers/$number' });
  const { data, error, refetch } = useQuery(customerQuery(number, asOf));
  if (error) {
    // Before it was registered, nobody knew the customer: the way back is the present.
    return <Failed error={error} retry={() => void refetch()} action={asOf && <BackToToday />} />;
  }
  if (!data) {
    return (
      <div className="page">
        <Skeleton active avatar paragraph={{ rows: 10 }} />
      </div>
    );
  }
  return <Panorama key={data.number} view={data} asOf={asOf} />;
}

export function PanoramaPage() {
  return (
    <Guarded permission="read_customers">
      <LoadedPanorama />
    </Guarded>
  );
}
