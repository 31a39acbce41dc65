/// What the review queue asks the server.
import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import type { Review } from '../../api/types';

export type Verdict = NonNullable<Review['verdict']>;

export interface Decision {
  review: string;
  verdict: Verdict;
  reason: string;
}

const casesAhead = 50;

export const openReviewsQuery = queryOptions({
  queryKey: ['reviews', 'open'],
  queryFn: () =>
    answer(client.GET('/api/v1/reviews', { params: { query: { state: 'open', limit: casesAhead } } })),
  staleTime: 0,
});

export function reviewQuery(id: string) {
  return queryOptions({
    queryKey: ['review', id],
    queryFn: () => answer(client.GET('/api/v1/reviews/{id}', { params: { path: { id } } })),
  });
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
