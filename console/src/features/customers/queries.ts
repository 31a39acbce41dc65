/// What the customer pages ask the server.
import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import { queryClient } from '../../api/queries';
import type { CustomerRow, NewSavedView, Page, SavedView } from '../../api/types';
import { forgetWindows } from '../../shell/list/window';
import type { SavedSearch } from './searches';

export type Order = 'number' | 'name';

export interface CustomerFilter {
  order: Order;
  kind?: string;
  source?: string;
  from?: string;
}

export function findCustomers(
  search: SavedSearch,
  after: string | undefined,
  limit: number,
): Promise<Page<CustomerRow>> {
  const body = { text: search.text, by: search.by, after, limit };
  return answer(client.POST('/api/v1/customers/search', { body }));
}

export function listCustomers(
  filter: CustomerFilter,
  after: string | undefined,
  limit: number,
): Promise<Page<CustomerRow>> {
  const { from, ...rest } = filter;
  // A cursor already stands behind the value one jumped to.
  const query = { ...rest, after, limit, from: after ? undefined : from };
  return answer(client.GET('/api/v1/customers', { params: { query } }));
}

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views', 'customers'],
  queryFn: () => answer(client.GET('/api/v1/saved-views', { params: { query: { list: 'customers' } } })),
});

/// Saves a new view, or changes the one with the id.
export function saveView(body: NewSavedView, id?: string): Promise<SavedView> {
  if (id === undefined) return answer(client.POST('/api/v1/saved-views', { body }));
  return answer(client.PUT('/api/v1/saved-views/{id}', { params: { path: { id } }, body }));
}

export async function deleteView(id: string): Promise<void> {
  await answer(client.DELETE('/api/v1/saved-views/{id}', { params: { path: { id } } }));
}

export function customerQuery(number: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: ['customer', number, 'view', asOf ?? null],
    queryFn: () =>
      answer(
        client.GET('/api/v1/customers/{number}', { params: { path: { number }, query: { as_of: asOf } } }),
      ),
  });
}

export function provenanceQuery(number: string, attribute: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: ['customer', number, 'provenance', attribute, asOf ?? null],
    queryFn: () =>
      answer(
        client.GET('/api/v1/customers/{number}/provenance', {
          params: { path: { number }, query: { attribute, as_of: asOf } },
        }),
      ),
  });
}

export function recordsQuery(number: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: ['customer', number, 'records', asOf ?? null],
    queryFn: () =>
      answer(
        client.GET('/api/v1/customers/{number}/records', {
          params: { path: { number }, query: { as_of: asOf, limit: 100 } },
        }),
      ),
  });
}

export function timelineQuery(number: string) {
  return queryOptions({
    queryKey: ['customer', number, 'timeline'],
    queryFn: () =>
      answer(
        client.GET('/api/v1/customers/{number}/timeline', {
          params: { path: { number }, query: { limit: 200 } },
        }),
      ),
  });
}

export function networkQuery(number: string) {
  return queryOptions({
    queryKey: ['customer', number, 'network'],
    queryFn: () => answer(client.GET('/api/v1/customers/{number}/network', { params: { path: { number } } })),
  });
}

export function mergesQuery(number: string) {
  return queryOptions({
    queryKey: ['customer', number, 'merges'],
    queryFn: () =>
      answer(
        client.GET('/api/v1/customers/{number}/merges', {
          params: { path: { number }, query: { limit: 200 } },
        }),
      ),
  });
}

export function differencesQuery(number: string, from: string, to: string) {
  return queryOptions({
    queryKey: ['customer', number, 'differences', from, to],
    queryFn: () =>
      answer(
        client.GET('/api/v1/customers/{number}/differences', {
          params: { path: { number }, query: { from, to } },
        }),
      ),
    enabled: from !== '',
  });
}

/// After a correction, a merge or an un-merge everything shown of customers may have changed.
export async function customersChanged(): Promise<void> {
  forgetWindows();
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === 'customer' || queryKey[0] === 'overview',
  });
}
