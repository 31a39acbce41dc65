/// Quarantine (待更正): rows that could not be accepted, with their reason, corrected in place and submitted again.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Drawer, Segmented, Tag } from 'antd';
import { useMemo, useState } from 'react';
import type { QuarantineRow } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { ListCount } from '../../shell/list/count';
import { type Column, Grid } from '../../shell/list/grid';
import { useWindow } from '../../shell/list/use-window';
import { Page } from '../../shell/page';
import { Guarded, NothingHere } from '../../shell/states';
import { useSourceNames } from '../customers/source-names';
import { listQuarantine, type QuarantineFilter } from './queries';
import { CorrectionsUpload, RejectsDownload } from './rejects';
import { RowCorrection } from './row-correction';

const states: QuarantineRow['state'][] = ['open', 'resubmitted', 'discarded'];

function useQuarantineColumns(): Column<QuarantineRow>[] {
  const { t, pick } = useLocalization();
  const sourceName = useSourceNames();
  return useMemo(
    () => [
      {
        name: 'file',
        title: t('intake.file'),
        width: 'minmax(140px, 1fr)',
        render: (row) => <span title={row.file_name}>{row.file_name}</span>,
      },
      {
        name: 'row',
        title: t('intake.row'),
        width: '84px',
        align: 'right',
        render: (row) => row.row,
      },
      {
        name: 'column',
        title: t('intake.column'),
        width: 'minmax(100px, 1fr)',
        render: (row) => row.column ?? '—',
      },
      {
        name: 'reason',
        title: t('intake.reason'),
        width: 'minmax(220px, 3fr)',
        render: (row) => <span title={pick(row.reason)}>{pick(row.reason)}</span>,
      },
      {
        name: 'source',
        title: t('intake.source'),
        width: 'minmax(80px, 1fr)',
        render: (row) => sourceName(row.source),
      },
      {
        name: 'state',
        title: t('intake.row_state'),
        width: '96px',
        render: (row) => (
          <Tag color={row.state === 'open' ? 'warning' : undefined}>
            {t(`intake.quarantine.${row.state}` satisfies Key)}
          </Tag>
        ),
      },
    ],
    [t, pick, sourceName],
  );
}

function Toolbar({ filter }: { filter: QuarantineFilter }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  return (
    <div className="toolbar">
      <Segmented
        value={filter.state}
        aria-label={t('intake.row_state')}
        options={states.map((state) => ({
          value: state,
          label: t(`intake.quarantine.${state}` satisfies Key),
        }))}
        onChange={(state) =>
          void navigate({ to: '/intake/quarantine', search: { batch: filter.batch, state } })
        }
      />
      {filter.batch && (
        <>
          <Tag
            closable
            onClose={() => void navigate({ to: '/intake/quarantine', search: { state: filter.state } })}
          >
            {t('intake.of_batch', { batch: filter.batch })}
          </Tag>
          <RejectsDownload batch={filter.batch} />
        </>
      )}
      <CorrectionsUpload />
    </div>
  );
}

function QuarantineList() {
  const { t } = useLocalization();
  const { batch, state } = useSearch({ from: '/frame/intake/quarantine' });
  const filter: QuarantineFilter = { batch, state: state ?? 'open' };
  const [chosen, setChosen] = useState<QuarantineRow>();
  const list = useWindow<QuarantineRow>(`quarantine ${JSON.stringify(filter)}`, (after, limit) =>
    listQuarantine(filter, after, limit),
  );
  const columns = useQuarantineColumns();
  return (
    <Page
      filling
      title={t('shell.area_quarantine')}
      lead={t('intake.quarantine_lead')}
      actions={<ListCount snapshot={list.snapshot} />}
    >
      <Toolbar filter={filter} />
      <Grid
        label={t('shell.area_quarantine')}
        list={list}
        columns={columns}
        onOpen={setChosen}
        empty={<NothingHere title={t('intake.no_quarantine')} hint={t('intake.no_quarantine_hint')} />}
      />
      <Drawer
        open={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        destroyOnHidden
        size={520}
        title={chosen && t('intake.row_of_file', { row: chosen.row, file: chosen.file_name })}
      >
        {chosen && <RowCorrection key={chosen.id} row={chosen} onDone={() => setChosen(undefined)} />}
      </Drawer>
    </Page>
  );
}

export function QuarantinePage() {
  return (
    <Guarded permission="intake">
      <QuarantineList />
    </Guarded>
  );
}
