/// Batches (批次): every import and every trial, newest first.
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo } from 'react';
import type { Batch } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ListCount } from '../../shell/list/count';
import { type Column, Grid } from '../../shell/list/grid';
import { useWindow } from '../../shell/list/use-window';
import { Page } from '../../shell/page';
import { Guarded, NothingHere } from '../../shell/states';
import { useSourceNames } from '../customers/source-names';
import { BatchState } from './batch-state';
import { listBatches } from './queries';

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

function BatchList() {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const list = useWindow<Batch>('batches', listBatches);
  const columns = useBatchColumns();
  const toImport = () => void navigate({ to: '/intake/import', search: {} });
  return (
    <Page
      filling
      title={t('shell.area_batches')}
      lead={<ListCount snapshot={list.snapshot} />}
      actions={
        <Button type="primary" onClick={toImport}>
          {t('shell.area_import')}
        </Button>
      }
    >
      <Grid
        label={t('shell.area_batches')}
        list={list}
        columns={columns}
        onOpen={(batch) => void navigate({ to: '/intake/batches/$id', params: { id: batch.id } })}
        empty={
          <NothingHere
            title={t('intake.no_batches')}
            hint={t('intake.no_batches_hint')}
            action={
              <Button type="primary" onClick={toImport}>
                {t('shell.area_import')}
              </Button>
            }
          />
        }
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
