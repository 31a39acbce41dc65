/// Runs over the whole book (整库重新识别): start one, and what became of those before, newest first.
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { LinkageRun } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ListCount } from '../../shell/list/count';
import { type Column, Grid } from '../../shell/list/grid';
import { useWindow } from '../../shell/list/use-window';
import { Page } from '../../shell/page';
import { usePermission } from '../../shell/permission';
import { Guarded, NothingHere } from '../../shell/states';
import { listRuns } from './queries';
import { RunState } from './run-state';
import { StartDialog } from './start-dialog';

function useRunColumns(): Column<LinkageRun>[] {
  const { t, number, instant } = useLocalization();
  return useMemo(
    () => [
      {
        name: 'id',
        title: t('linkage.run'),
        width: '90px',
        render: (run) => (
          <Link to="/linkage/runs/$id" params={{ id: run.id }} tabIndex={-1}>
            {t('linkage.run_number', { id: run.id })}
          </Link>
        ),
      },
      {
        name: 'family',
        title: t('linkage.family'),
        width: '110px',
        render: (run) => t(`linkage.family.${run.family}`),
      },
      { name: 'state', title: t('linkage.state'), width: '120px', render: (run) => <RunState run={run} /> },
      {
        name: 'model',
        title: t('linkage.which_model'),
        width: '130px',
        render: (run) => t(run.learn ? 'linkage.learn' : 'linkage.model_in_force'),
      },
      {
        name: 'merges',
        title: t('linkage.figure.merges'),
        width: '92px',
        align: 'right',
        render: (run) => number(run.figures?.merges),
      },
      {
        name: 'splits',
        title: t('linkage.figure.splits'),
        width: '92px',
        align: 'right',
        render: (run) => number(run.figures?.splits),
      },
      {
        name: 'reason',
        title: t('customers.reason'),
        width: 'minmax(140px, 1fr)',
        render: (run) => run.reason,
      },
      { name: 'by', title: t('intake.started_by'), width: '110px', render: (run) => run.started_by },
      { name: 'at', title: t('intake.started'), width: '172px', render: (run) => instant(run.started_at) },
    ],
    [t, number, instant],
  );
}

function RunList() {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const mayStart = usePermission('steward');
  const [starting, setStarting] = useState(false);
  const list = useWindow<LinkageRun>('linkage-runs', listRuns);
  const columns = useRunColumns();
  const open = (run: LinkageRun) => void navigate({ to: '/linkage/runs/$id', params: { id: run.id } });
  const start = mayStart && (
    <Button type="primary" onClick={() => setStarting(true)} data-test="start-run">
      {t('linkage.start')}
    </Button>
  );
  return (
    <Page
      filling
      title={t('shell.area_linkage_runs')}
      lead={<ListCount snapshot={list.snapshot} />}
      actions={start}
    >
      <Grid
        label={t('shell.area_linkage_runs')}
        list={list}
        columns={columns}
        onOpen={open}
        empty={<NothingHere title={t('linkage.no_runs')} hint={t('linkage.no_runs_hint')} action={start} />}
      />
      <StartDialog open={starting} onCancel={() => setStarting(false)} onStarted={open} />
    </Page>
  );
}

export function LinkageRunsPage() {
  return (
    <Guarded permission="read_customers">
      <RunList />
    </Guarded>
  );
}
