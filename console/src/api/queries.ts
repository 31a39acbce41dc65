/// Queries that every area needs, and how long an answer stays fresh.
import { QueryClient, queryOptions } from '@tanstack/react-query';
import { answer, client } from './client';
import { ProblemError } from './problem';

/// Only a server that could not be reached is worth asking again without the person's wish.
function worthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ProblemError && error.problem.code === 'unreachable';
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, gcTime: 300_000, retry: worthRetrying, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => answer(client.GET('/api/v1/sessions/current')),
  staleTime: 300_000,
});

/// The declared attributes change only with a rule pack, which restarts the server.
export const dictionaryQuery = queryOptions({
  queryKey: ['dictionary'],
  queryFn: () => answer(client.GET('/api/v1/attributes')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () => answer(client.GET('/api/v1/overview')),
});

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: () => answer(client.GET('/api/v1/sources')),
});
