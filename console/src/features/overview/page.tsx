/// Work bench (工作台): the state of the book in a few figures, what waits for somebody, two charts.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import { overviewQuery } from '../../api/queries';
import type { Overview } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Page, Panel } from '../../shell/page';
import { Failed, Guarded, NothingHere, PageLoading } from '../../shell/states';
import { ChartPanel } from './chart-panel';

function Figure({
  label,
  value,
  to,
  alarming,
}: {
  label: string;
  value: ReactNode;
  to?: string;
  alarming?: boolean;
}) {
  const figure = (
    <>
      <span className="figure-label">{label}</span>
      <span className={alarming ? 'figure-value doubtful' : 'figure-value'}>{value}</span>
    </>
  );
  if (!to) return <div className="figure">{figure}</div>;
  return (
    <Link to={to} className="figure">
      {figure}
    </Link>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { t, number } = useLocalization();
  return (
    <div className="figure-cards" data-test="figures">
      <Figure label={t('overview.customers')} value={number(overview.customers)} to="/customers" />
      <Figure label={t('overview.records')} value={number(overview.records)} to="/intake/batches" />
      <Figure label={t('overview.sources')} value={number(overview.sources)} to="/intake/sources" />
      <Figure label={t('overview.running')} value={number(overview.batches_running)} to="/intake/batches" />
      <Figure
        label={t('overview.quarantine')}
        value={number(overview.quarantine_open)}
        to="/intake/quarantine"
        alarming={overview.quarantine_open > 0}
      />
      <Figure
        label={t('overview.reviews')}
        value={number(overview.reviews_open)}
        to="/reviews"
        alarming={overview.reviews_open > 0}
      />
    </div>
  );
}

function Charts({ overview }: { overview: Overview }) {
  const { t } = useLocalization();
  return (
    <div className="charts">
      <ChartPanel
        title={t('overview.by_source')}
        nameTitle={t('overview.source')}
        horizontal
        names={overview.by_source.map((entry) => entry.source)}
        series={[{ title: t('overview.records'), values: overview.by_source.map((entry) => entry.records) }]}
      />
      <ChartPanel
        title={t('overview.by_size')}
        nameTitle={t('overview.records_of_customer')}
        names={overview.customer_sizes.map((entry) => String(entry.records))}
        series={[
          { title: t('overview.customers'), values: overview.customer_sizes.map((entry) => entry.customers) },
        ]}
      />
    </div>
  );
}

function Condition({ overview }: { overview: Overview }) {
  const { t, pick, number } = useLocalization();
  return (
    <Panel title={t('overview.condition')}>
      <div className="chips">
        <Tag>{t('overview.store', { kind: overview.store.kind, durability: overview.store.durability })}</Tag>
        <Tag color={overview.audit_unsequenced > 0 ? 'warning' : undefined}>
          {t('overview.unsequenced', { count: number(overview.audit_unsequenced) })}
        </Tag>
        <Tag>{t('overview.resolution', { method: overview.resolution.method })}</Tag>
      </div>
      {pick(overview.resolution.note) && (
        <Alert type="info" showIcon title={pick(overview.resolution.note)} />
      )}
    </Panel>
  );
}

function LoadedOverview() {
  const { t } = useLocalization();
  const { data, error, refetch } = useQuery({ ...overviewQuery, refetchInterval: 15_000 });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  return (
    <Page title={t('shell.area_overview')}>
      <Figures overview={data} />
      {data.records === 0 ? (
        <NothingHere
          title={t('overview.empty')}
          hint={t('overview.empty_hint')}
          action={
            <Button type="primary" href="/intake/import">
              {t('shell.area_import')}
            </Button>
          }
        />
      ) : (
        <Charts overview={data} />
      )}
      <Condition overview={data} />
    </Page>
  );
}

export function OverviewPage() {
  return (
    <Guarded permission="read_customers">
      <LoadedOverview />
    </Guarded>
  );
}
