/// Work bench (工作台): the state of the book in a few figures, what waits for somebody, charts, the latest imports.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Descriptions } from 'antd';
import { overviewQuery } from '../../api/queries';
import type { Overview, Permission } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Page, Panel } from '../../shell/page';
import { usePermission } from '../../shell/permission';
import { Failed, NothingHere, PageLoading } from '../../shell/states';
import { useSourceNames } from '../customers/source-names';
import { ChartPanel } from './chart-panel';
import { RecentBatches } from './recent-batches';

interface FigureProperties {
  label: string;
  value: number;
  to: string;
  permission: Permission;
  /// Somebody has to do something about it.
  isWaiting?: boolean;
}

function Figure({ label, value, to, permission, isWaiting }: FigureProperties) {
  const { number } = useLocalization();
  const mayGo = usePermission(permission);
  const figure = (
    <>
      <span className="figure-label">{label}</span>
      <span className={isWaiting && value > 0 ? 'figure-value doubtful' : 'figure-value'}>
        {number(value)}
      </span>
    </>
  );
  if (!mayGo) return <div className="figure">{figure}</div>;
  return (
    <Link to={to} className="figure">
      {figure}
    </Link>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { t } = useLocalization();
  const figures: FigureProperties[] = [
    {
      label: t('overview.customers'),
      value: overview.customers,
      to: '/customers',
      permission: 'read_customers',
    },
    { label: t('overview.records'), value: overview.records, to: '/intake/batches', permission: 'intake' },
    { label: t('overview.sources'), value: overview.sources, to: '/intake/sources', permission: 'intake' },
    {
      label: t('overview.running'),
      value: overview.batches_running,
      to: '/intake/batches',
      permission: 'intake',
    },
    {
      label: t('overview.quarantine'),
      value: overview.quarantine_open,
      to: '/intake/quarantine',
      permission: 'intake',
      isWaiting: true,
    },
    {
      label: t('overview.reviews'),
      value: overview.reviews_open,
      to: '/reviews',
      permission: 'steward',
      isWaiting: true,
    },
  ];
  return (
    <div className="figure-cards" data-test="figures">
      {figures.map((figure) => (
        <Figure key={figure.label} {...figure} />
      ))}
    </div>
  );
}

function Charts({ overview }: { overview: Overview }) {
  const { t } = useLocalization();
  const sourceName = useSourceNames();
  const sources = [...overview.by_source].sort((a, b) => b.records - a.records);
  const sizes = overview.customer_sizes;
  return (
    <div className="charts">
      <ChartPanel
        title={t('overview.by_source')}
        nameTitle={t('overview.source')}
        horizontal
        names={sources.map((entry) => sourceName(entry.source))}
        series={[{ title: t('overview.records'), values: sources.map((entry) => entry.records) }]}
      />
      <ChartPanel
        title={t('overview.by_size')}
        nameTitle={t('overview.records_of_customer')}
        names={sizes.map((entry) => String(entry.records))}
        series={[{ title: t('overview.customers'), values: sizes.map((entry) => entry.customers) }]}
      />
    </div>
  );
}

function Condition({ overview }: { overview: Overview }) {
  const { t, pick, number, word } = useLocalization();
  const { kind, durability } = overview.store;
  const { method, note } = overview.resolution;
  return (
    <Panel title={t('overview.condition')}>
      <Descriptions
        size="small"
        column={{ xs: 1, lg: 3 }}
        items={[
          { key: 'store', label: t('overview.store_kind'), children: word(`overview.store.${kind}`, kind) },
          {
            key: 'durability',
            label: t('overview.survives'),
            children: word(`overview.durability.${durability}`, durability),
          },
          {
            key: 'audit',
            label: t('overview.unsequenced'),
            children: (
              <span className={overview.audit_unsequenced > 0 ? 'doubtful' : ''}>
                {number(overview.audit_unsequenced)}
              </span>
            ),
          },
          {
            key: 'method',
            label: t('overview.method'),
            children: (
              <span>
                {word(`overview.method.${method}`, method)}
                <span className="soft"> · {pick(note)}</span>
              </span>
            ),
            span: 'filled',
          },
        ]}
      />
    </Panel>
  );
}

export function OverviewPage() {
  const { t } = useLocalization();
  const mayImport = usePermission('intake');
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
            mayImport && (
              <Button type="primary" href="/intake/import">
                {t('shell.area_import')}
              </Button>
            )
          }
        />
      ) : (
        <Charts overview={data} />
      )}
      {mayImport && <RecentBatches />}
      <Condition overview={data} />
    </Page>
  );
}
