/// Third step: what would happen, with the first hundred problems; nothing is written yet.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { Failed } from '../../shell/states';
import { BatchProgress } from './batch-progress';
import { BatchReport } from './batch-report';
import { mappingOf, savedMapping, useDraft } from './draft';
import { batchQuery, intakeChanged, mappingsQuery, previewQuery, startBatch } from './queries';

interface TrialStepProperties {
  upload: string;
  source: string;
  trial: string;
  onBack: () => void;
  onStarted: (batch: string) => void;
}

function useRun({ upload, source, onStarted }: TrialStepProperties) {
  const [draft] = useDraft(upload);
  const request = { source, mapping: draft.mappingName, sheet: draft.sheet, header: draft.header };
  const { data: preview } = useQuery(previewQuery(upload, request));
  const { data: mappings } = useQuery(mappingsQuery(source));
  const saved = savedMapping(preview, draft, mappings?.items ?? []);
  const run = useMutation({
    mutationFn: () =>
      startBatch({
        upload,
        source,
        mapping: preview ? mappingOf(preview, draft, saved) : null,
        mapping_name: null,
        save_mapping_as: draft.saveAs.trim() || null,
        sheet: draft.sheet ?? preview?.sheet ?? null,
        dry_run: false,
      }),
    onSuccess: async (batch) => {
      await intakeChanged();
      onStarted(batch.id);
    },
  });
  return { run, isReady: preview !== undefined && mappings !== undefined };
}

export function TrialStep(properties: TrialStepProperties) {
  const { t } = useLocalization();
  const { data: batch, error, refetch } = useQuery(batchQuery(properties.trial));
  const { run, isReady } = useRun(properties);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!batch) return <Skeleton active />;
  const isRunning = batch.state === 'running';
  return (
    <>
      <Alert type="info" showIcon title={t('intake.trial_notice')} />
      {isRunning && <BatchProgress batch={batch} />}
      <BatchReport batch={batch} />
      <ProblemAlert error={run.error} />
      <div className="wizard-actions">
        <Button onClick={properties.onBack}>{t('intake.back_to_columns')}</Button>
        <Button
          type="primary"
          data-test="start-import"
          disabled={isRunning || !isReady || batch.state === 'failed'}
          loading={run.isPending}
          onClick={() => run.mutate()}
        >
          {t('intake.start_import')}
        </Button>
      </div>
    </>
  );
}
