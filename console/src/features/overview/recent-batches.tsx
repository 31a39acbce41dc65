/// The latest imports, with their progress while they run.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Skeleton, Table } from 'antd';
import type { Batch } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { ProblemAlert } from '../../shell/reason';
import { useSourceNames } from '../customers/source-names';
import { BatchState } from '../intake/batch-state';
import { recentBatchesQuery } from '../intake/queries';

function Progress({ batch }: { batch: Batch }) {
  const { t, number, share } = useLocalization();
  if (batch.state !== 'running') return number(batch.rows ?? batch.rows_done);
  const done = batch.rows ? share(batch.rows_done / batch.rows) : number(batch.rows_done);
  return `${done} · ${t('intake.rate', { rate: number(Math.round(batch.rate_per_second ?? 0)) })}`;
}

export function RecentBatches() {
  const { t, number, instant } = useLocalization();
  const sourceName = useSourceNames();
  const { data, error } = useQuery(recentBatchesQuery);
  if (data?.items.length === 0) return null;
  return (
    <Panel
      title={t('overview.recent_batches')}
      extra={<Link to="/intake/batches">{t('overview.all_batches')}</Link>}
    >
      <ProblemAlert error={error} />
      {!data && !error && <Skeleton active paragraph={{ rows: 3 }} />}
      {data && (
        <Table<Batch>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={data.items}
          scroll={{ x: 760 }}
          columns={[
            {
              title: t('intake.file'),
              render: (_, batch) => (
                <Link to="/intake/batches/$id" params={{ id: batch.id }}>
                  {batch.file_name}
                </Link>
              ),
            },
            { title: t('intake.source'), render: (_, batch) => sourceName(batch.source) },
            {
              title: t('intake.batch_state'),
              width: 140,
              render: (_, batch) => <BatchState batch={batch} />,
            },
            { title: t('intake.rows'), align: 'right', render: (_, batch) => <Progress batch={batch} /> },
            { title: t('intake.accepted'), align: 'right', render: (_, batch) => number(batch.accepted) },
            {
              title: t('intake.quarantined'),
              align: 'right',
              render: (_, batch) => (
                <span className={batch.quarantined > 0 ? 'bad' : ''}>{number(batch.quarantined)}</span>
              ),
            },
            { title: t('intake.started'), width: 190, render: (_, batch) => instant(batch.started_at) },
          ]}
        />
      )}
    </Panel>
  );
}
