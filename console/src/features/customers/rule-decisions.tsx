/// What rules decided of a customer (规则结论): when, by which editions, with reasons; each can be made again.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Collapse, Skeleton, Tag } from 'antd';
import { queryClient } from '../../api/queries';
import type { Replay, RuleDecision } from '../../api/types';
import { useLocalization } from '../../i18n';
import { usePermission } from '../../shell/permission';
import { ProblemAlert } from '../../shell/reason';
import { Failed, NothingHere } from '../../shell/states';
import { decisionsQuery, judge, replay } from '../packs/queries';
import { Judgements } from './judgements';

function Replayed({ answer, decision }: { answer: Replay; decision: RuleDecision }) {
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
      {answer.today.length > 0 && <Judgements judgements={answer.today} editions={decision.editions} />}
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
          loading={replaying.isPending}
          onClick={() => replaying.mutate()}
          data-test="replay"
        >
          {t('packs.replay')}
        </Button>
      </div>
      <ProblemAlert error={replaying.error} />
      {replaying.data && <Replayed answer={replaying.data} decision={decision} />}
      <Judgements judgements={decision.judgements} editions={decision.editions} />
    </div>
  );
}

export function RuleDecisions({ number, isPast }: { number: string; isPast: boolean }) {
  const { t, instant, day } = useLocalization();
  const mayJudge = usePermission('steward');
  const { data, error, refetch } = useQuery(decisionsQuery(number));
  const judging = useMutation({
    mutationFn: () => judge(number),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: decisionsQuery(number).queryKey }),
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const button = mayJudge && !isPast && (
    <Button type="primary" loading={judging.isPending} onClick={() => judging.mutate()} data-test="judge">
      {t('packs.judge')}
    </Button>
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
              label: t('packs.decision_said', {
                day: day(decision.day),
                rules: decision.judgements.length,
                by: decision.made_by,
                at: instant(decision.made_at),
              }),
              children: <Decision decision={decision} />,
            }))}
          />
        </>
      )}
    </div>
  );
}
