/// One batch (批次): live while it runs, then its report; withdrawal, resumption, rejects down and corrections up.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { App, Button, Descriptions } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { answer, client } from '../../api/client';
import type { Batch } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Page, Panel } from '../../shell/page';
import { ProblemAlert, ReasonDialog } from '../../shell/reason';
import { Failed, Guarded, PageLoading } from '../../shell/states';
import { useSourceNames } from '../customers/source-names';
import { BatchProgress } from './batch-progress';
import { BatchReport } from './batch-report';
import { BatchState } from './batch-state';
import { batchQuery, intakeChanged, isAtWork } from './queries';
import { CorrectionsUpload, RejectsDownload } from './rejects';

function useResumption(id: string) {
  return useMutation({
    mutationFn: () => answer(client.POST('/api/v1/batches/{id}/resumption', { params: { path: { id } } })),
    onSuccess: intakeChanged,
  });
}

function Withdrawal({ batch }: { batch: Batch }) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const withdrawal = useMutation({
    mutationFn: (reason: string) =>
      answer(
        client.POST('/api/v1/batches/{id}/withdrawal', {
          params: { path: { id: batch.id } },
          body: { reason },
        }),
      ),
    onSuccess: async () => {
      setAsking(false);
      message.success(t('intake.withdrawal_begun'));
      await intakeChanged();
    },
  });
  return (
    <>
      <Button danger onClick={() => setAsking(true)} data-test="withdraw">
        {t('intake.withdraw')}
      </Button>
      <ReasonDialog
        open={asking}
        danger
        title={t('intake.withdraw_title')}
        explanation={t('intake.withdraw_hint', { count: batch.accepted })}
        confirm={t('intake.withdraw')}
        pending={withdrawal.isPending}
        error={withdrawal.error}
        onCancel={() => setAsking(false)}
        onConfirm={(reason) => withdrawal.mutate(reason)}
      />
    </>
  );
}

function Actions({ batch, onResume }: { batch: Batch; onResume: () => void }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const canWithdraw = !batch.dry_run && (batch.state === 'finished' || batch.state === 'interrupted');
  return (
    <>
      {batch.state === 'interrupted' && (
        <Button type="primary" onClick={onResume}>
          {t('intake.resume')}
        </Button>
      )}
      {batch.quarantined > 0 && !batch.dry_run && !batch.state.startsWith('withdraw') && (
        <>
          <RejectsDownload batch={batch.id} />
          <CorrectionsUpload />
        </>
      )}
      {canWithdraw && <Withdrawal batch={batch} />}
      <Button onClick={() => void navigate({ to: '/intake/import', search: {} })}>
        {t('intake.import_next')}
      </Button>
    </>
  );
}

function Facts({ batch }: { batch: Batch }) {
  const sourceName = useSourceNames();
  const { t, instant } = useLocalization();
  return (
    <Panel>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, xl: 4 }}
        items={[
          { key: 'source', label: t('intake.source'), children: sourceName(batch.source) },
          {
            key: 'format',
            label: t('intake.format'),
            children: [batch.format, batch.encoding].filter(Boolean).join(' · '),
          },
          { key: 'started', label: t('intake.started'), children: instant(batch.started_at) },
          { key: 'finished', label: t('intake.finished'), children: instant(batch.finished_at) },
          { key: 'by', label: t('intake.started_by'), children: batch.started_by },
          { key: 'withdrawn', label: t('intake.withdrawn_at'), children: instant(batch.withdrawn_at) },
          {
            key: 'digest',
            label: t('intake.digest'),
            children: <code title={batch.file_digest}>{batch.file_digest.slice(0, 16)}…</code>,
          },
        ]}
      />
    </Panel>
  );
}

/// Lists and figures are asked for again once, when a batch that was seen running ends.
function useEndOfRun(batch: Batch | undefined): void {
  const wasRunning = useRef(false);
  const isRunning = isAtWork(batch);
  useEffect(() => {
    if (wasRunning.current && !isRunning) void intakeChanged();
    wasRunning.current = isRunning;
  }, [isRunning]);
}

function LoadedBatch() {
  const { id } = useParams({ from: '/frame/intake/batches/$id' });
  const { data: batch, error, refetch } = useQuery(batchQuery(id));
  const resumption = useResumption(id);
  useEndOfRun(batch);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!batch) return <PageLoading />;
  return (
    <Page
      title={batch.file_name}
      lead={<BatchState batch={batch} />}
      actions={<Actions batch={batch} onResume={() => resumption.mutate()} />}
    >
      <ProblemAlert error={resumption.error} />
      {isAtWork(batch) && <BatchProgress batch={batch} />}
      <BatchReport batch={batch} />
      <Facts batch={batch} />
    </Page>
  );
}

export function BatchPage() {
  return (
    <Guarded permission="intake">
      <LoadedBatch />
    </Guarded>
  );
}
