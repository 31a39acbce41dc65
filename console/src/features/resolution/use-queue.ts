/// The queue as one works through it: the list of cases, the one in hand, and what was decided in this sitting.
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useMemo, useReducer, useState, useSyncExternalStore } from 'react';
import { asProblem } from '../../api/problem';
import type { Review } from '../../api/types';
import { useLocalization } from '../../i18n';
import { KeysetWindow } from '../../shell/list/window';
import { customersChanged } from '../customers/queries';
import { useDeferredDecision } from './deferred';
import {
  countsChanged,
  listReviews,
  type ReviewFilter,
  remember,
  reviewQuery,
  type Verdict,
} from './queries';

/// A window of its own: what others forget after each decision must not throw one back to the first case.
function useReviewWindow(filter: ReviewFilter) {
  const [times, lookAgain] = useReducer((seen: number) => seen + 1, 0);
  const name = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name says all that the fetcher depends on
  const window = useMemo(
    () => new KeysetWindow<Review>((after) => listReviews(filter, after)),
    [name, times],
  );
  const snapshot = useSyncExternalStore(window.subscribe, window.snapshot);
  useEffect(() => window.ensure(0, 0), [window]);
  return { window, snapshot, lookAgain };
}

/// Cases that need nothing any more stay in their place, so that the list does not jump.
function useSettled() {
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const put = (id: string, isSettled: boolean) =>
    setSettled((known) => {
      const next = new Set(known);
      if (isSettled) next.add(id);
      else next.delete(id);
      return next;
    });
  return { settled, put, clear: () => setSettled(new Set()) };
}

export function useQueue(filter: ReviewFilter, pinned: string | undefined, unpin: () => void) {
  const { t, pick } = useLocalization();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { window, snapshot, lookAgain } = useReviewWindow(filter);
  const { settled, put, clear } = useSettled();
  const [active, setActive] = useState(0);
  useEffect(() => {
    window.active = 0;
    setActive(0);
  }, [window]);

  const row = (index: number) => (index < snapshot.known ? window.row(index) : undefined);
  /// The nearest case in a direction that still needs somebody.
  function beyond(from: number, by: 1 | -1): number | undefined {
    for (let index = from + by; index >= 0 && index < snapshot.known; index += by) {
      const review = row(index);
      if (!review || !settled.has(review.id)) return index;
    }
    return undefined;
  }
  function choose(index: number): void {
    setActive(index);
    if (pinned) unpin();
  }
  function placeOf(id: string): number | undefined {
    for (let index = 0; index < snapshot.known; index += 1) if (row(index)?.id === id) return index;
    return undefined;
  }
  /// Where one stands; a case that was asked for by its number may stand before the list or in it.
  const place = pinned ? (placeOf(pinned) ?? -1) : active;
  function move(by: 1 | -1): void {
    const target = beyond(place, by);
    if (target !== undefined) choose(target);
  }
  function next(): void {
    const target = beyond(place, 1) ?? beyond(-1, 1);
    if (target !== undefined) choose(target);
  }
  /// What the server said of a case, in the list and in the case itself.
  function update(review: Review): void {
    remember(review);
    const index = placeOf(review.id);
    if (index !== undefined) window.replace(index, review);
    countsChanged();
  }
  function refused(id: string, error: unknown): void {
    const problem = asProblem(error);
    message.error(`${pick(problem.title)} (${problem.code})`);
    void queries.invalidateQueries({ queryKey: reviewQuery(id).queryKey });
    countsChanged();
  }
  const decision = useDeferredDecision({
    onSent: (review) => {
      update(review);
      if (review.state === 'second_opinion') message.info(t('resolution.now_second', { id: review.id }));
      void customersChanged();
    },
    onFailed: ({ review }, error) => {
      put(review, false);
      refused(review, error);
    },
  });
  return {
    window,
    snapshot,
    active,
    settled,
    decision,
    current: pinned ?? row(active)?.id,
    /// Whether any case of the list still needs somebody.
    hasMore: beyond(-1, 1) !== undefined,
    upcoming: row(active + 1)?.id,
    choose,
    move,
    next,
    update,
    refused,
    decide(review: Review, verdict: Verdict, reason: string) {
      const isProposal = verdict === 'same' && review.dangers.length > 0;
      decision.decide({ review: review.id, verdict, reason, isProposal });
      put(review.id, true);
      next();
    },
    /// A second opinion is sent at once: there is nothing to take back but a merge.
    settle(review: Review) {
      update(review);
      put(review.id, true);
      void customersChanged();
      next();
    },
    undo() {
      const taken = decision.undo();
      if (taken) put(taken.review, false);
    },
    more() {
      decision.flush();
      clear();
      lookAgain();
      countsChanged();
    },
  };
}

export type Queue = ReturnType<typeof useQueue>;
