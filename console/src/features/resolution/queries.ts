/// What the review queue asks the server.
import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import { queryClient } from '../../api/queries';
import type { Page, Review } from '../../api/types';
import type { ReviewList, ReviewOrder } from './lists';

export type Verdict = NonNullable<Review['verdict']>;

export interface Decision {
  review: string;
  verdict: Verdict;
  reason: string;
  /// A second person must agree.
  isProposal: boolean;
}

export interface ReviewFilter {
  list: ReviewList;
  order: ReviewOrder;
  /// The code of a reason.
  reason?: string;
}

/// Cases weigh more than rows of other lists: two customers each.
const casesAPage = 50;

export function listReviews(filter: ReviewFilter, after: string | undefined): Promise<Page<Review>> {
  const { list, order, reason } = filter;
  const state = list === 'second_opinion' || list === 'decided' ? list : 'open';
  const claim = list === 'mine' || list === 'free' ? list : undefined;
  const query = { state, claim, order, reason, after, limit: casesAPage } as const;
  return answer(client.GET('/api/v1/reviews', { params: { query } }));
}

export const reviewCountsQuery = queryOptions({
  queryKey: ['reviews', 'counts'],
  queryFn: () => answer(client.GET('/api/v1/reviews/counts')),
  staleTime: 0,
  refetchInterval: 30_000,
});

export function countsChanged(): void {
  void queryClient.invalidateQueries({ queryKey: reviewCountsQuery.queryKey });
}

export function reviewQuery(id: string) {
  return queryOptions({
    queryKey: ['review', id],
    queryFn: () => answer(client.GET('/api/v1/reviews/{id}', { params: { path: { id } } })),
  });
}

/// What the server just said of a case is what is shown of it.
export function remember(review: Review): Review {
  queryClient.setQueryData(reviewQuery(review.id).queryKey, review);
  return review;
}

/// Sent even while the page is being left, hence `keepalive`.
export function sendDecision({ review, verdict, reason }: Decision): Promise<Review> {
  return answer(
    client.POST('/api/v1/reviews/{id}/decision', {
      params: { path: { id: review } },
      body: { verdict, reason },
      keepalive: true,
    }),
  );
}

export function claimReview(id: string): Promise<Review> {
  return answer(client.POST('/api/v1/reviews/{id}/claim', { params: { path: { id } } }));
}

export function releaseReview(id: string): Promise<Review> {
  return answer(client.DELETE('/api/v1/reviews/{id}/claim', { params: { path: { id } } }));
}

export function sendOpinion(id: string, agrees: boolean, reason: string): Promise<Review> {
  return answer(
    client.POST('/api/v1/reviews/{id}/second-opinion', {
      params: { path: { id } },
      body: { agrees, reason },
    }),
  );
}
