/// What rules decided of a customer (规则结论): when, by which editions, with reasons; each can be made again.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Collapse, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { queryClient } from '../../api/queries';
import type { Replay, RuleDecision } from '../../api/types';
import { useLocalization } from '../../i18n';
import { usePermission } from '../../shell/permission';
import { ProblemAlert } from '../../shell/reason';
import { Failed, NothingHere } from '../../shell/states';
import { BranchChoice } from '../packs/branch-choice';
import { decisionsQuery, judge, replay } from '../packs/queries';
import { Judgements } from './judgements';

function Replayed({ answer }: { answer: Replay }) {
  const { t } = useLocalization();
  return (
    <>
      <Alert
        type={answer.same ? 'success' : 'error'}
        showIcon
        data-test="replayed"
        title={<span role="status">{t(answer.same ? 'packs.replay_same' : 'packs.replay_differs')}</span>}
        description={t(answer.today.length === 0 ? 'packs.today_same' : 'packs.today_differs')}
      />
      {answer.today.length > 0 && <Judgements judgements={answer.today} />}
    </>
  );
}

function Decision({ decision }: { decision: RuleDecision }) {
  const { t } = useLocalization();
  const replaying = useMutation({ mutationFn: () => replay(decision.id) });
  return (
    <div className="stack">
      <div className="chips">
        {decision.editions.map(({ edition, pack, version }) => (
          <Link key={edition} to="/packs/editions/$id" params={{ id: edition }} search={{}}>
            <Tag>{`${pack}@${version}`}</Tag>
          </Link>
        ))}
        <Button
          size="small"
          disabled={decision.erased}
          loading={replaying.isPending}
          onClick={() => replaying.mutate()}
          data-test="replay"
        >
          {t('packs.replay')}
        </Button>
      </div>
      <ProblemAlert error={replaying.error} />
      {replaying.data && <Replayed answer={replaying.data} />}
      {decision.erased ? (
        <Alert type="info" showIcon title={t('packs.decision_erased')} data-test="decision-erased" />
      ) : (
        <Judgements judgements={decision.judgements} />
      )}
    </div>
  );
}

/// When, by how many rules, for which unit, by whom; and under which number, where that was another one.
function useHeadOf(number: string): (decision: RuleDecision) => string {
  const { t, instant, day } = useLocalization();
  return ({ day: on, erased, judgements, branch, customer, made_by: by, made_at: at }) =>
    [
      day(on),
      erased ? t('packs.erased') : t('packs.rules_of_decision', { rules: judgements.length }),
      branch && t('packs.for_branch', { branch }),
      customer !== number && t('packs.under_number', { number: customer }),
      by,
      instant(at),
    ]
      .filter(Boolean)
      .join(' · ');
}

export function RuleDecisions({ number, isPast }: { number: string; isPast: boolean }) {
  const { t } = useLocalization();
  const [branch, setBranch] = useState<string>();
  const headOf = useHeadOf(number);
  const mayJudge = usePermission('steward');
  const { data, error, refetch } = useQuery(decisionsQuery(number));
  const judging = useMutation({
    mutationFn: () => judge(number, branch),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: decisionsQuery(number).queryKey }),
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const button = mayJudge && !isPast && (
    <>
      <Button type="primary" loading={judging.isPending} onClick={() => judging.mutate()} data-test="judge">
        {t('packs.judge')}
      </Button>
      <BranchChoice value={branch} onChange={setBranch} />
    </>
  );
  return (
    <div className="stack" data-test="rule-decisions">
      <ProblemAlert error={judging.error} />
      {data.items.length === 0 ? (
        <NothingHere title={t('packs.no_decisions')} hint={t('packs.no_decisions_hint')} action={button} />
      ) : (
        <>
          <div className="toolbar">{button}</div>
          <Collapse
            key={data.items[0]?.id}
            defaultActiveKey={data.items[0]?.id}
            destroyOnHidden
            items={data.items.map((decision) => ({
              key: decision.id,
              label: headOf(decision),
              children: <Decision decision={decision} />,
            }))}
          />
        </>
      )}
    </div>
  );
}
