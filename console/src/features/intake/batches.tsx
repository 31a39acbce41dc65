/// Batches (批次): every import and every trial, newest first.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { sourcesQuery } from '../../api/queries';
import type { Batch } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { ListCount } from '../../shell/list/count';
import { type Column, Grid } from '../../shell/list/grid';
import { useWindow } from '../../shell/list/use-window';
import { Page } from '../../shell/page';
import { Guarded, NothingHere } from '../../shell/states';
import { useSourceNames } from '../customers/source-names';
import { BatchState } from './batch-state';
import { type BatchFilter, listBatches } from './queries';
import { batchStates } from './states';

function useBatchColumns(): Column<Batch>[] {
  const { t, number, instant } = useLocalization();
  const sourceName = useSourceNames();
  return useMemo(
    () => [
      {
        name: 'file',
        title: t('intake.file'),
        width: 'minmax(180px, 2fr)',
        render: (batch) => (
          <Link to="/intake/batches/$id" params={{ id: batch.id }} tabIndex={-1} title={batch.file_name}>
            {batch.file_name}
          </Link>
        ),
      },
      {
        name: 'source',
        title: t('intake.source'),
        width: 'minmax(90px, 1fr)',
        render: (batch) => sourceName(batch.source),
      },
      {
        name: 'state',
        title: t('intake.batch_state'),
        width: '130px',
        render: (batch) => <BatchState batch={batch} />,
      },
      {
        name: 'rows',
        title: t('intake.rows'),
        width: '92px',
        align: 'right',
        render: (batch) => number(batch.rows ?? batch.rows_done),
      },
      {
        name: 'accepted',
        title: t('intake.accepted'),
        width: '92px',
        align: 'right',
        render: (batch) => number(batch.accepted),
      },
      {
        name: 'quarantined',
        title: t('intake.quarantined'),
        width: '80px',
        align: 'right',
        render: (batch) => (
          <span className={batch.quarantined > 0 ? 'bad' : ''}>{number(batch.quarantined)}</span>
        ),
      },
      {
        name: 'new_customers',
        title: t('intake.new_customers'),
        width: '92px',
        align: 'right',
        render: (batch) => (batch.dry_run ? '—' : number(batch.new_customers)),
      },
      { name: 'by', title: t('intake.started_by'), width: '96px', render: (batch) => batch.started_by },
      {
        name: 'at',
        title: t('intake.started'),
        width: '172px',
        render: (batch) => instant(batch.started_at),
      },
    ],
    [t, number, instant, sourceName],
  );
}

function Toolbar({ filter }: { filter: BatchFilter }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { data: sources } = useQuery(sourcesQuery);
  const change = (changed: BatchFilter) =>
    void navigate({ to: '/intake/batches', search: { ...filter, ...changed } });
  return (
    <div className="toolbar">
      <Select
        allowClear
        value={filter.state}
        placeholder={t('intake.batch_state')}
        aria-label={t('intake.batch_state')}
        data-test="filter-state"
        popupMatchSelectWidth={false}
        onChange={(state?: Batch['state']) => change({ state })}
        options={batchStates.map((state) => ({
          value: state,
          label: t(`intake.state.${state}` satisfies Key),
        }))}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={filter.source}
        placeholder={t('intake.source')}
        aria-label={t('intake.source')}
        popupMatchSelectWidth={false}
        onChange={(source?: string) => change({ source })}
        options={sources?.items.map((item) => ({ value: item.code, label: `${item.name} (${item.code})` }))}
      />
    </div>
  );
}

function NoBatches({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  if (isFiltered) {
    return (
      <NothingHere
        title={t('intake.no_such_batches')}
        action={
          <Button onClick={() => void navigate({ to: '/intake/batches', search: {} })}>
            {t('intake.all_batches')}
          </Button>
        }
      />
    );
  }
  return (
    <NothingHere
      title={t('intake.no_batches')}
      hint={t('intake.no_batches_hint')}
      action={
        <Button type="primary" onClick={() => void navigate({ to: '/intake/import', search: {} })}>
          {t('shell.area_import')}
        </Button>
      }
    />
  );
}

function BatchList() {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { source, state } = useSearch({ from: '/frame/intake/batches' });
  const filter: BatchFilter = { source, state };
  const list = useWindow<Batch>(`batches ${JSON.stringify(filter)}`, (after, limit) =>
    listBatches(filter, after, limit),
  );
  const columns = useBatchColumns();
  return (
    <Page
      filling
      title={t('shell.area_batches')}
      lead={<ListCount snapshot={list.snapshot} />}
      actions={
        <Button type="primary" onClick={() => void navigate({ to: '/intake/import', search: {} })}>
          {t('shell.area_import')}
        </Button>
      }
    >
      <Toolbar filter={filter} />
      <Grid
        label={t('shell.area_batches')}
        list={list}
        columns={columns}
        onOpen={(batch) => void navigate({ to: '/intake/batches/$id', params: { id: batch.id } })}
        empty={<NoBatches isFiltered={source !== undefined || state !== undefined} />}
      />
    </Page>
  );
}

export function BatchesPage() {
  return (
    <Guarded permission="intake">
      <BatchList />
    </Guarded>
  );
}
