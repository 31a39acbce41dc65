/// The way of an edition from a draft to being in force, and who may take which step.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Steps } from 'antd';
import { useState } from 'react';
import type { PackEditionDetail } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { usePermission } from '../../shell/permission';
import { ProblemAlert, ReasonDialog } from '../../shell/reason';
import { stages, standings } from './progress';
import { backtestQuery, beginDraft, editionChanged, type Step, takeStep } from './queries';
import type { Draft } from './use-draft';

export function StepBar({ draft }: { draft: Draft }) {
  const { t } = useLocalization();
  const { edition } = draft;
  const { data: backtest } = useQuery({
    ...backtestQuery(edition.backtest ?? ''),
    enabled: Boolean(edition.backtest),
  });
  const at = standings({
    state: edition.state,
    revision: edition.revision,
    problems: draft.check.problems.length,
    tested: backtest?.state === 'ready' ? backtest.revision : undefined,
  });
  return (
    <div data-test="steps">
      <Steps
        size="small"
        responsive={false}
        items={stages.map((stage, place) => ({
          title: t(`packs.stage.${stage}` satisfies Key),
          status: at[place],
        }))}
      />
    </div>
  );
}

/// A draft that begins with this edition.
export function BeginDraft({ base, isSmall }: { base: string; isSmall?: boolean }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const beginning = useMutation({
    mutationFn: () => beginDraft(base),
    onSuccess: async (draft) => {
      await editionChanged(draft);
      await navigate({ to: '/packs/editions/$id', params: { id: draft.id }, search: { tab: 'rules' } });
    },
  });
  return (
    <>
      <ProblemAlert error={beginning.error} />
      <Button
        type={isSmall ? 'default' : 'primary'}
        size={isSmall ? 'small' : 'middle'}
        loading={beginning.isPending}
        onClick={() => beginning.mutate()}
        data-test="begin-draft"
      >
        {t(isSmall ? 'packs.begin_draft' : 'packs.change_by_draft')}
      </Button>
    </>
  );
}

const dangerous: readonly Step[] = ['approve', 'discard'];

function offered(state: PackEditionDetail['state']): Step[] {
  if (state === 'draft') return ['discard', 'propose'];
  return state === 'proposed' ? ['discard', 'return', 'approve'] : [];
}

/// Why a step cannot be taken now.
function useHindrance(draft: Draft): (step: Step) => string | undefined {
  const { t } = useLocalization();
  return (step) => {
    if (step === 'approve' && draft.edition.mine) return t('packs.second_person');
    if (step !== 'propose') return undefined;
    if (draft.unsaved > 0) return t('packs.save_first');
    return draft.check.problems.length > 0 ? t('packs.sound_first') : undefined;
  };
}

export function StepButtons({ draft }: { draft: Draft }) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  const { edition } = draft;
  const hindrance = useHindrance(draft);
  const [asked, setAsked] = useState<Step>('propose');
  const [isOpen, setOpen] = useState(false);
  const mayKeep = usePermission('keep_rules');
  const taking = useMutation({
    mutationFn: (reason: string) => takeStep(edition, asked, reason),
    onSuccess: async (changed) => {
      message.success(t(`packs.done.${asked}` satisfies Key));
      setOpen(false);
      await editionChanged(changed);
    },
  });
  const ask = (step: Step) => {
    taking.reset();
    setAsked(step);
    setOpen(true);
  };
  if (!mayKeep) return null;
  const steps = offered(edition.state);
  return (
    <>
      {steps.length === 0 && edition.state !== 'discarded' && <BeginDraft base={edition.id} />}
      {steps.map((step) => (
        <Button
          key={step}
          type={step === 'propose' || step === 'approve' ? 'primary' : 'default'}
          danger={step === 'approve'}
          disabled={hindrance(step) !== undefined}
          title={hindrance(step)}
          onClick={() => ask(step)}
          data-test={`step-${step}`}
        >
          {t(`packs.step.${step}` satisfies Key)}
        </Button>
      ))}
      <ReasonDialog
        open={isOpen}
        danger={dangerous.includes(asked)}
        title={t(`packs.ask.${asked}` satisfies Key)}
        explanation={t(`packs.ask_hint.${asked}` satisfies Key)}
        confirm={t(`packs.step.${asked}` satisfies Key)}
        pending={taking.isPending}
        error={taking.error}
        onCancel={() => setOpen(false)}
        onConfirm={(reason) => taking.mutate(reason)}
      />
    </>
  );
}
