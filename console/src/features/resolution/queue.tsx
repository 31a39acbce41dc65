/// Same customer? (疑似同一客户): the cases on the left, the one in hand beside them, one key per decision.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { type Key, useLocalization } from '../../i18n';
import { useHotkeys } from '../../shell/hotkeys';
import { Page } from '../../shell/page';
import { Failed, Guarded, NothingHere, PageLoading } from '../../shell/states';
import { CaseList } from './case-list';
import { useClaim } from './claim-line';
import { DecisionPanel } from './decision-panel';
import { undoSeconds } from './deferred';
import { EvidencePanel } from './evidence';
import { KeysDialog } from './keys-dialog';
import { OpinionPanel } from './opinion-panel';
import { OutcomePanel } from './outcome-panel';
import { type ReviewFilter, reviewQuery, type Verdict } from './queries';
import { QueueToolbar } from './toolbar';
import { type Queue, useQueue } from './use-queue';

function Case({ id, queue }: { id: string; queue: Queue }) {
  const { data: review, error, refetch } = useQuery({ ...reviewQuery(id), staleTime: 0 });
  const [verdict, setVerdict] = useState<Verdict>();
  const claim = useClaim(review, queue);
  const isOpen = review?.state === 'open' && !queue.settled.has(id);
  function begin(chosen: Verdict): void {
    if (!review || !isOpen || claim.isHeldByOther) return;
    if (chosen === 'different' && review.left.number === review.right.number) return;
    claim.keep();
    setVerdict(chosen);
  }
  // A proposal has its own meaning of s and d.
  useHotkeys({
    c: claim.take,
    x: claim.give,
    ...(isOpen && { s: () => begin('same'), d: () => begin('different') }),
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!review) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <div className="case" data-test="case">
      <div className="stack">
        <EvidencePanel review={review} />
      </div>
      {review.state === 'second_opinion' ? (
        <OpinionPanel review={review} claim={claim} queue={queue} />
      ) : review.state === 'decided' ? (
        <OutcomePanel review={review} onNext={queue.next} />
      ) : (
        <DecisionPanel
          review={review}
          claim={claim}
          verdict={verdict}
          onVerdict={begin}
          onNext={queue.next}
          onDecide={(chosen, reason) => queue.decide(review, chosen, reason)}
        />
      )}
    </div>
  );
}

function UndoBar({ queue }: { queue: Queue }) {
  const { t } = useLocalization();
  useHotkeys({ u: queue.undo });
  const waiting = queue.decision.waiting;
  if (!waiting) return null;
  const decided: Key = waiting.isProposal
    ? 'resolution.decided_proposal'
    : waiting.verdict === 'same'
      ? 'resolution.decided_same'
      : 'resolution.decided_different';
  return (
    <div className="undo" role="status" data-test="undo">
      {t(decided, { seconds: undoSeconds })}
      <Button size="small" onClick={queue.undo}>
        {t('resolution.undo')} <kbd>U</kbd>
      </Button>
    </div>
  );
}

function Nothing({ filter, queue }: { filter: ReviewFilter; queue: Queue }) {
  const { t } = useLocalization();
  const isNarrow = filter.reason !== undefined;
  return (
    <NothingHere
      title={t(isNarrow ? 'resolution.none_of_reason' : (`resolution.none.${filter.list}` satisfies Key))}
      hint={filter.list === 'open' && !isNarrow ? t('resolution.none_hint') : undefined}
      action={<Button onClick={queue.more}>{t('resolution.look_again')}</Button>}
    />
  );
}

/// The case in hand was dealt with in this sitting.
function Settled({ queue }: { queue: Queue }) {
  const { t } = useLocalization();
  if (queue.hasMore)
    return (
      <NothingHere
        title={t('resolution.case_settled')}
        action={
          <Button onClick={queue.next}>
            {t('resolution.next')} <kbd>N</kbd>
          </Button>
        }
      />
    );
  return (
    <NothingHere
      title={t('resolution.page_done')}
      action={<Button onClick={queue.more}>{t('resolution.look_again')}</Button>}
    />
  );
}

function Desk({ filter, queue }: { filter: ReviewFilter; queue: Queue }) {
  const { t } = useLocalization();
  const { snapshot, current, settled } = queue;
  // The next case is there before one asks for it.
  useQuery({ ...reviewQuery(queue.upcoming ?? ''), enabled: queue.upcoming !== undefined });
  if (snapshot.error) return <Failed error={snapshot.error} retry={queue.more} />;
  if (!snapshot.count) return <PageLoading />;
  const isDone = current !== undefined && settled.has(current);
  return (
    <div className="review-desk">
      {snapshot.known > 0 && (
        <CaseList queue={queue} label={t(`resolution.list.${filter.list}` satisfies Key)} />
      )}
      <div className="case-frame">
        {current === undefined ? (
          <Nothing filter={filter} queue={queue} />
        ) : isDone ? (
          <Settled queue={queue} />
        ) : (
          <Case key={current} id={current} queue={queue} />
        )}
      </div>
    </div>
  );
}

function ReviewQueue() {
  const { t, number } = useLocalization();
  const navigate = useNavigate();
  const { id, list = 'open', order = 'evidence', reason } = useSearch({ from: '/frame/reviews' });
  const [isHelping, setHelping] = useState(false);
  const filter: ReviewFilter = { list, order, reason };
  const queue = useQueue(filter, id, () => void navigate({ to: '/reviews', search: filter, replace: true }));
  useHotkeys({
    j: () => queue.move(1),
    ArrowDown: () => queue.move(1),
    k: () => queue.move(-1),
    ArrowUp: () => queue.move(-1),
    n: queue.next,
    '?': () => setHelping(true),
  });
  return (
    <Page
      filling
      title={t('resolution.title')}
      lead={queue.settled.size > 0 && t('resolution.progress', { decided: number(queue.settled.size) })}
    >
      <QueueToolbar filter={filter} onHelp={() => setHelping(true)} />
      <UndoBar queue={queue} />
      <Desk filter={filter} queue={queue} />
      <KeysDialog open={isHelping} onClose={() => setHelping(false)} />
    </Page>
  );
}

export function ReviewsPage() {
  return (
    <Guarded permission="steward">
      <ReviewQueue />
    </Guarded>
  );
}
