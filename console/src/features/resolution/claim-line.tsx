/// Who holds a case and until when, and the way to take it or to give it back.
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useCallback } from 'react';
import type { Review } from '../../api/types';
import { useLocalization } from '../../i18n';
import { claimReview, releaseReview } from './queries';
import type { Queue } from './use-queue';

/// A claim with less left than this is renewed when one acts.
const renewBelow = 20 * 60_000;

export function useClaim(review: Review | undefined, queue: Queue) {
  const { mutate, isPending } = useMutation({
    mutationFn: ({ id, isTaken }: { id: string; isTaken: boolean }) =>
      isTaken ? claimReview(id) : releaseReview(id),
    onSuccess: queue.update,
    onError: (error, { id }) => queue.refused(id, error),
  });
  const claim = review?.claim;
  const isHeldByOther = Boolean(claim && !claim.mine);
  const id = review?.id;
  const isWaiting = review !== undefined && review.state !== 'decided';
  const take = useCallback(() => {
    if (id && isWaiting && !isHeldByOther) mutate({ id, isTaken: true });
  }, [id, isWaiting, isHeldByOther, mutate]);
  return {
    isHeldByOther,
    isPending,
    take,
    /// Whoever begins to decide holds the case while they do.
    keep() {
      const left = claim?.mine ? Date.parse(claim.until) - Date.now() : 0;
      if (left < renewBelow) take();
    },
    give() {
      if (id && claim?.mine) mutate({ id, isTaken: false });
    },
  };
}

export type Claim = ReturnType<typeof useClaim>;

export function ClaimLine({ review, claim }: { review: Review; claim: Claim }) {
  const { t, time } = useLocalization();
  if (review.state === 'decided') return null;
  if (review.claim && claim.isHeldByOther)
    return (
      <Alert
        type="warning"
        showIcon
        data-test="held"
        title={t('resolution.held_until', { by: review.claim.by, at: time(review.claim.until) })}
        description={t('resolution.held_hint')}
      />
    );
  return (
    <div className="claim-line">
      <span className="soft" data-test="claim-state">
        {review.claim
          ? t('resolution.mine_until', { at: time(review.claim.until) })
          : t('resolution.nobody_holds')}
      </span>
      {review.claim ? (
        <Button size="small" onClick={claim.give} loading={claim.isPending} data-test="release">
          {t('resolution.release')} <kbd>X</kbd>
        </Button>
      ) : (
        <Button size="small" onClick={claim.take} loading={claim.isPending} data-test="claim">
          {t('resolution.claim')} <kbd>C</kbd>
        </Button>
      )}
    </div>
  );
}
