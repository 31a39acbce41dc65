/// The back-test (回测): a draft tried on every customer, and what it would move.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Progress, Skeleton } from 'antd';
import { useState } from 'react';
import { queryClient } from '../../api/queries';
import type { Backtest, MovedRule, PackEditionDetail } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { usePermission } from '../../shell/permission';
import { ProblemAlert } from '../../shell/reason';
import { NothingHere } from '../../shell/states';
import { BranchChoice } from './branch-choice';
import { useWords } from './form/words';
import type { Table } from './json';
import { Matrix } from './matrix';
import { MovedCustomers } from './moved-customers';
import type { MovementCell } from './movement';
import { useOutcomeWords, useRuleInForce } from './outcome-words';
import { backtestQuery, editionQuery, startBacktest } from './queries';

function MovedPanel({ moved, edition }: { moved: MovedRule; edition: PackEditionDetail }) {
  const { t, pick, number, share } = useLocalization();
  const words = useWords();
  const [chosen, setChosen] = useState<MovementCell>();
  const own = edition.rules.find(({ id, kind }) => id === moved.rule && kind === moved.kind);
  const inForce = useRuleInForce(moved.rule, own === undefined);
  const table = (own?.table as unknown as Table | undefined) ?? inForce;
  const outcomes = useOutcomeWords(moved.kind, table);
  return (
    <Panel
      title={pick(moved.label)}
      extra={
        <span className="soft">
          {words.kind(moved.kind)} · <code>{moved.rule}</code>
        </span>
      }
    >
      <p data-test={`moved-${moved.rule}`}>
        {t('packs.moved_of', {
          moved: number(moved.moved),
          judged: number(moved.judged),
          share: share(moved.judged > 0 ? moved.moved / moved.judged : 0),
        })}
      </p>
      <div className="moved">
        <div>
          <Matrix
            moves={moved.matrix}
            judged={moved.judged}
            words={outcomes}
            chosen={chosen}
            onChoose={setChosen}
          />
        </div>
        <div>
          <h3>{t('packs.sampled')}</h3>
          {chosen && (
            <p className="soft">
              {t('packs.only_way', { from: outcomes.outcome(chosen.from), to: outcomes.outcome(chosen.to) })}{' '}
              <Button type="link" size="small" onClick={() => setChosen(undefined)}>
                {t('packs.all_ways')}
              </Button>
            </p>
          )}
          <MovedCustomers rule={moved} words={outcomes} way={chosen} />
        </div>
      </div>
    </Panel>
  );
}

function Running({ backtest }: { backtest: Backtest }) {
  const { t, number } = useLocalization();
  const { done, total } = backtest;
  return (
    <div className="panel progress" role="status" aria-live="polite" data-test="backtest-progress">
      <Progress
        percent={total > 0 ? Math.floor((done / total) * 100) : 0}
        status="active"
        aria-label={t('packs.backtest_running')}
      />
      <span>{t('packs.judged_so_far', { done: number(done), total: number(total) })}</span>
    </div>
  );
}

function Result({ backtest, edition }: { backtest: Backtest; edition: PackEditionDetail }) {
  const { t, number, instant, day } = useLocalization();
  const { result } = backtest;
  if (!result) return null;
  return (
    <>
      {backtest.revision !== edition.revision && (
        <Alert type="warning" showIcon title={t('packs.backtest_is_old')} data-test="backtest-old" />
      )}
      <p data-test="backtest-said">
        {t(result.rules.length === 0 ? 'packs.nothing_moves' : 'packs.backtest_said', {
          customers: number(result.customers),
          rules: number(result.rules.length),
          day: day(backtest.day),
        })}{' '}
        <span className="soft">
          {backtest.started_by} · {instant(backtest.finished_at)}
        </span>
      </p>
      {result.branch && (
        <Alert
          type="info"
          showIcon
          title={t('packs.backtest_branch', { branch: result.branch })}
          data-test="backtest-branch"
        />
      )}
      {result.rules.map((moved) => (
        <MovedPanel key={moved.rule} moved={moved} edition={edition} />
      ))}
    </>
  );
}

function Found({ id, edition }: { id: string; edition: PackEditionDetail }) {
  const { pick } = useLocalization();
  const { data: backtest, error } = useQuery(backtestQuery(id));
  if (error) return <ProblemAlert error={error} />;
  if (!backtest) return <Skeleton active />;
  if (backtest.state === 'running') return <Running backtest={backtest} />;
  if (backtest.state === 'failed' && backtest.problem) {
    return <Alert type="error" showIcon title={<span role="alert">{pick(backtest.problem)}</span>} />;
  }
  return <Result backtest={backtest} edition={edition} />;
}

interface BacktestTabProperties {
  edition: PackEditionDetail;
  /// What is not saved is not tried.
  hasUnsaved: boolean;
}

export function BacktestTab({ edition, hasUnsaved }: BacktestTabProperties) {
  const { t } = useLocalization();
  const mayStart = usePermission('keep_rules');
  const [branch, setBranch] = useState<string>();
  const starting = useMutation({
    mutationFn: () => startBacktest(edition.id, branch),
    onSuccess: (backtest) => {
      queryClient.setQueryData(backtestQuery(backtest.id).queryKey, backtest);
      queryClient.setQueryData(editionQuery(edition.id).queryKey, { ...edition, backtest: backtest.id });
    },
  });
  const isOpen = edition.state === 'draft' || edition.state === 'proposed';
  const isUnsound = edition.check.problems.length > 0;
  const hint = hasUnsaved
    ? t('packs.save_first')
    : isUnsound
      ? t('packs.sound_first')
      : t('packs.backtest_hint');
  return (
    <div className="stack">
      {mayStart && isOpen && (
        <div className="toolbar">
          <Button
            type="primary"
            disabled={hasUnsaved || isUnsound}
            loading={starting.isPending}
            onClick={() => starting.mutate()}
            data-test="start-backtest"
          >
            {t('packs.start_backtest')}
          </Button>
          {!edition.branch && <BranchChoice value={branch} onChange={setBranch} />}
          <span className="soft">{hint}</span>
        </div>
      )}
      <ProblemAlert error={starting.error} />
      {edition.backtest ? (
        <Found id={edition.backtest} edition={edition} />
      ) : (
        <NothingHere title={t('packs.no_backtest')} hint={t('packs.backtest_hint')} />
      )}
    </div>
  );
}
