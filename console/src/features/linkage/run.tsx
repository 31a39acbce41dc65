/// One run over the whole book: live while it works, then its preview; applied by a second person, or discarded.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Alert, App, Button, Descriptions, Progress } from 'antd';
import { useState } from 'react';
import type { LinkageFigures, LinkageRun } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Page, Panel } from '../../shell/page';
import { usePermission } from '../../shell/permission';
import { ReasonDialog } from '../../shell/reason';
import { Failed, Guarded, PageLoading } from '../../shell/states';
import { Changes } from './changes';
import { applyRun, discardRun, isAtWork, runChanged, runQuery } from './queries';
import { RunState } from './run-state';
import { Sizes } from './sizes';
import { ThresholdCurve } from './threshold-curve';

function AtWork({ run }: { run: LinkageRun }) {
  const { t, word, number } = useLocalization();
  const share = run.total > 0 ? Math.min(1, run.done / run.total) : undefined;
  return (
    <div className="panel progress" role="status" aria-live="polite" data-test="run-progress">
      <Progress
        percent={share === undefined ? 100 : Math.floor(share * 100)}
        status="active"
        showInfo={share !== undefined}
        aria-label={t('intake.progress')}
      />
      <div className="progress-figures">
        <span>{word(`linkage.stage.${run.stage}`, run.stage)}</span>
        {run.total > 0 && (
          <span>{t('linkage.steps_of', { done: number(run.done), total: number(run.total) })}</span>
        )}
      </div>
    </div>
  );
}

type Step = 'apply' | 'discard';

function Decisions({ run }: { run: LinkageRun }) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  const [step, setStep] = useState<Step>();
  const deciding = useMutation({
    mutationFn: (reason: string) =>
      step === 'apply' ? applyRun(run.id, reason) : discardRun(run.id, reason),
    onSuccess: async (changed) => {
      message.success(t(step === 'apply' ? 'linkage.applying' : 'linkage.discarded'));
      setStep(undefined);
      await runChanged(changed);
    },
  });
  const ask = (next: Step) => {
    deciding.reset();
    setStep(next);
  };
  const isReady = run.state === 'ready';
  if (!isReady && run.state !== 'running') return null;
  return (
    <>
      <Button onClick={() => ask('discard')} data-test="discard-run">
        {t('linkage.discard')}
      </Button>
      {isReady && (
        <Button
          type="primary"
          danger
          disabled={run.mine}
          title={run.mine ? t('linkage.second_person') : undefined}
          onClick={() => ask('apply')}
          data-test="apply-run"
        >
          {t('linkage.apply')}
        </Button>
      )}
      <ReasonDialog
        open={step !== undefined}
        danger={step === 'apply'}
        title={t(step === 'apply' ? 'linkage.apply_title' : 'linkage.discard_title')}
        explanation={t(step === 'apply' ? 'linkage.apply_hint' : 'linkage.discard_hint')}
        confirm={t(step === 'apply' ? 'linkage.apply' : 'linkage.discard')}
        pending={deciding.isPending}
        error={deciding.error}
        onCancel={() => setStep(undefined)}
        onConfirm={(reason) => deciding.mutate(reason)}
      />
    </>
  );
}

function Facts({ run }: { run: LinkageRun }) {
  const { t, instant } = useLocalization();
  const said = (
    at: string | null | undefined,
    by: string | null | undefined,
    why: string | null | undefined,
  ) => [instant(at), by, why].filter(Boolean).join(' · ');
  return (
    <Panel>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'family', label: t('linkage.family'), children: t(`linkage.family.${run.family}`) },
          {
            key: 'model',
            label: t('linkage.which_model'),
            children: t(run.learn ? 'linkage.learn' : 'linkage.model_in_force'),
          },
          {
            key: 'started',
            label: t('intake.started'),
            children: said(run.started_at, run.started_by, run.reason),
          },
          ...(run.decided_at
            ? [
                {
                  key: 'decided',
                  label: t(run.state === 'discarded' ? 'linkage.discarded' : 'linkage.approved'),
                  children: said(run.decided_at, run.decided_by, run.decision_reason),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

function Figures({ figures }: { figures: LinkageFigures }) {
  const { t, number } = useLocalization();
  const told = [
    ['customers_before', figures.customers_before],
    ['customers_after', figures.customers_after],
    ['merges', figures.merges],
    ['splits', figures.splits],
    ['moved', figures.moved],
    ['reviews', figures.reviews],
    ['records', figures.records],
    ['unlinkable', figures.unlinkable],
  ] as const;
  return (
    <div className="figure-cards" data-test="run-figures">
      {told.map(([name, value]) => (
        <div key={name} className="figure" data-test={`figure-${name}`}>
          <span className="figure-label">{t(`linkage.figure.${name}`)}</span>
          <span className="figure-value">{number(value)}</span>
        </div>
      ))}
    </div>
  );
}

function Preview({ run }: { run: LinkageRun }) {
  const { t } = useLocalization();
  if (!run.figures) return null;
  return (
    <>
      <Figures figures={run.figures} />
      <Panel title={t('linkage.changes')}>
        <p className="soft">{t('linkage.changes_hint')}</p>
        <Changes changes={run.changes ?? []} />
      </Panel>
      <div className="charts">
        <Sizes now={run.figures.sizes_after} before={run.figures.sizes_before} />
        {run.curve && <ThresholdCurve points={run.curve} />}
      </div>
    </>
  );
}

function Run({ id }: { id: string }) {
  const { t, pick } = useLocalization();
  const mayDecide = usePermission('steward');
  const { data: run, error, refetch } = useQuery(runQuery(id));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!run) return <PageLoading />;
  return (
    <Page
      title={t('linkage.run_title', { id: run.id })}
      lead={<RunState run={run} />}
      actions={mayDecide && <Decisions run={run} />}
    >
      {isAtWork(run) && <AtWork run={run} />}
      {run.problem && <Alert type="error" showIcon title={<span role="alert">{pick(run.problem)}</span>} />}
      {run.state === 'ready' && run.mine && mayDecide && (
        <Alert type="info" showIcon title={t('linkage.second_person')} data-test="second-person" />
      )}
      <Facts run={run} />
      <Preview run={run} />
    </Page>
  );
}

export function LinkageRunPage() {
  const { id } = useParams({ from: '/frame/linkage/runs/$id' });
  return (
    <Guarded permission="read_customers">
      <Run id={id} />
    </Guarded>
  );
}
