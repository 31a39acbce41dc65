/// What the intake pages ask the server.
import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import { queryClient } from '../../api/queries';
import type { Batch, NewBatch, Page, PreviewRequest, QuarantineRow } from '../../api/types';
import { forgetWindows } from '../../shell/list/window';

const pollMilliseconds = 500;

export function previewQuery(upload: string, body: PreviewRequest) {
  return queryOptions({
    queryKey: ['preview', upload, body],
    queryFn: () =>
      answer(client.POST('/api/v1/uploads/{id}/preview', { params: { path: { id: upload } }, body })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function mappingsQuery(source: string | undefined) {
  return queryOptions({
    queryKey: ['mappings', source],
    queryFn: () =>
      answer(
        client.GET('/api/v1/sources/{code}/mappings', {
          params: { path: { code: source ?? '' }, query: { limit: 500 } },
        }),
      ),
    enabled: source !== undefined,
  });
}

/// Whether a server works at a batch: it imports rows, or takes records back.
export function isAtWork(batch: Batch | undefined): boolean {
  return batch?.state === 'running' || batch?.state === 'withdrawing';
}

/// A batch; asked for again while a server works at it.
export function batchQuery(id: string) {
  return queryOptions({
    queryKey: ['batch', id],
    queryFn: () => answer(client.GET('/api/v1/batches/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (isAtWork(query.state.data) ? pollMilliseconds : false),
    staleTime: 0,
  });
}

export function startBatch(body: NewBatch): Promise<Batch> {
  return answer(client.POST('/api/v1/batches', { body }));
}

export function listBatches(after: string | undefined, limit: number): Promise<Page<Batch>> {
  return answer(client.GET('/api/v1/batches', { params: { query: { after, limit } } }));
}

export interface QuarantineFilter {
  batch?: string;
  state: QuarantineRow['state'];
}

export function listQuarantine(
  filter: QuarantineFilter,
  after: string | undefined,
  limit: number,
): Promise<Page<QuarantineRow>> {
  return answer(client.GET('/api/v1/quarantine', { params: { query: { ...filter, after, limit } } }));
}

/// After rows came in, were corrected or withdrawn, lists and figures are no longer what they were.
export async function intakeChanged(): Promise<void> {
  forgetWindows();
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) =>
      ['overview', 'sources', 'batch', 'mappings', 'customer'].includes(String(queryKey[0])),
  });
}
