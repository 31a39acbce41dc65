/// What the pages of linkage ask the server.
import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import { queryClient } from '../../api/queries';
import type { LinkageFamily, LinkageRun, Page } from '../../api/types';
import { forgetWindows } from '../../shell/list/window';

export const families: readonly LinkageFamily[] = ['person', 'organisation'];

export interface NewRun {
  family: LinkageFamily;
  learn: boolean;
  reason: string;
}

export function modelQuery(family: LinkageFamily) {
  return queryOptions({
    queryKey: ['linkage', 'model', family],
    queryFn: () => answer(client.GET('/api/v1/linkage/models/{family}', { params: { path: { family } } })),
  });
}

export function modelFile(family: LinkageFamily): string {
  return `/api/v1/linkage/models/${family}/file`;
}

export function listRuns(after: string | undefined, limit: number): Promise<Page<LinkageRun>> {
  return answer(client.GET('/api/v1/linkage/runs', { params: { query: { after, limit } } }));
}

/// Whether somebody works at it now.
export function isAtWork(run: LinkageRun): boolean {
  return run.state === 'running' || run.state === 'applying';
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: ['linkage', 'run', id],
    queryFn: () => answer(client.GET('/api/v1/linkage/runs/{id}', { params: { path: { id } } })),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? 1_000 : false),
  });
}

export function startRun(body: NewRun): Promise<LinkageRun> {
  return answer(client.POST('/api/v1/linkage/runs', { body }));
}

export function applyRun(id: string, reason: string): Promise<LinkageRun> {
  const params = { path: { id } };
  return answer(client.POST('/api/v1/linkage/runs/{id}/apply', { params, body: { reason } }));
}

export function discardRun(id: string, reason: string): Promise<LinkageRun> {
  const params = { path: { id } };
  return answer(client.POST('/api/v1/linkage/runs/{id}/discard', { params, body: { reason } }));
}

/// What the server just said of a run is what is shown of it; lists are read again.
export async function runChanged(run: LinkageRun): Promise<void> {
  queryClient.setQueryData(runQuery(run.id).queryKey, run);
  forgetWindows('linkage-runs');
  await queryClient.invalidateQueries({ queryKey: ['linkage'] });
}
