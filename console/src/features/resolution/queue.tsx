/// Same customer? (同一客户): one case at a time, evidence left, decision right, one key per decision.
import { useQuery } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { asProblem } from '../../api/problem';
import { queryClient } from '../../api/queries';
import type { Review } from '../../api/types';
import { useLocalization } from '../../i18n';
import { useHotkeys } from '../../shell/hotkeys';
import { Page } from '../../shell/page';
import { Failed, Guarded, NothingHere, PageLoading } from '../../shell/states';
import { customersChanged } from '../customers/queries';
import { DecisionPanel } from './decision-panel';
import { undoSeconds, useDeferredDecision } from './deferred';
import { Evidence } from './evidence';
import { openReviewsQuery, reviewQuery, type Verdict } from './queries';

function useQueue() {
  const { pick } = useLocalization();
  const { message } = App.useApp();
  const list = useQuery(openReviewsQuery);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const put = (id: string, isDone: boolean) =>
    setDone((known) => {
      const next = new Set(known);
      if (isDone) next.add(id);
      else next.delete(id);
      return next;
    });
  const decision = useDeferredDecision({
    onSent: () => void customersChanged(),
    onFailed: ({ review }, error) => {
      put(review, false);
      message.error(`${pick(asProblem(error).title)} (${asProblem(error).code})`);
    },
  });
  const open = useMemo(() => {
    const left = (list.data?.items ?? []).filter((review) => !done.has(review.id));
    // Skipped cases come again after the others, in the order in which they were skipped.
    return left.sort((a, b) => skipped.lastIndexOf(a.id) - skipped.lastIndexOf(b.id));
  }, [list.data, done, skipped]);
  return {
    list,
    open,
    decision,
    decided: done.size,
    decide(review: Review, verdict: Verdict, reason: string) {
      decision.decide({ review: review.id, verdict, reason });
      put(review.id, true);
    },
    undo() {
      const taken = decision.undo();
      if (taken) put(taken.review, false);
    },
    skip: (review: Review) => setSkipped((known) => [...known, review.id]),
    more() {
      decision.flush();
      setDone(new Set());
      void queryClient.invalidateQueries({ queryKey: openReviewsQuery.queryKey });
    },
  };
}

function Case({ review, queue }: { review: Review; queue: ReturnType<typeof useQueue> }) {
  const { data, error, refetch } = useQuery(reviewQuery(review.id));
  const [verdict, setVerdict] = useState<Verdict>();
  useHotkeys({
    s: () => setVerdict('same'),
    d: () => setVerdict('different'),
    n: () => queue.skip(review),
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return (
    <div className="case">
      <div>{data ? <Evidence review={data} /> : <Skeleton active paragraph={{ rows: 8 }} />}</div>
      <DecisionPanel
        verdict={verdict}
        onVerdict={setVerdict}
        onSkip={() => queue.skip(review)}
        onDecide={(chosen, reason) => queue.decide(review, chosen, reason)}
      />
    </div>
  );
}

function UndoBar({ queue }: { queue: ReturnType<typeof useQueue> }) {
  const { t } = useLocalization();
  useHotkeys({ u: queue.undo });
  const waiting = queue.decision.waiting;
  if (!waiting) return null;
  return (
    <div className="undo" role="status" data-test="undo">
      {t(waiting.verdict === 'same' ? 'resolution.decided_same' : 'resolution.decided_different', {
        seconds: undoSeconds,
      })}
      <Button size="small" onClick={queue.undo}>
        {t('resolution.undo')} <kbd>U</kbd>
      </Button>
    </div>
  );
}

function Queue() {
  const { t, number } = useLocalization();
  const queue = useQueue();
  const [current, next] = queue.open;
  // The next case is there before one asks for it.
  useQuery({ ...reviewQuery(next?.id ?? ''), enabled: next !== undefined });
  if (queue.list.error) return <Failed error={queue.list.error} retry={() => void queue.list.refetch()} />;
  if (!queue.list.data) return <PageLoading />;
  const count = queue.list.data.count;
  const left = Math.max(queue.open.length, count.value - queue.decided);
  return (
    <Page
      title={t('resolution.title')}
      lead={t('resolution.progress', {
        left: `${number(left)}${count.exact ? '' : '+'}`,
        decided: number(queue.decided),
      })}
    >
      <UndoBar queue={queue} />
      {current ? (
        <Case key={current.id} review={current} queue={queue} />
      ) : (
        <NothingHere
          title={t(left > 0 ? 'resolution.page_done' : 'resolution.none')}
          hint={t('resolution.none_hint')}
          action={<Button onClick={queue.more}>{t('resolution.look_again')}</Button>}
        />
      )}
    </Page>
  );
}

export function ReviewsPage() {
  return (
    <Guarded permission="steward">
      <Queue />
    </Guarded>
  );
}
