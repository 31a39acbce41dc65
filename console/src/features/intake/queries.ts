/// What the intake pages ask the server.
import { queryOptions } from '@tanstack/react-query';
import { answer, client, type Tagged, taggedAnswer } from '../../api/client';
import { queryClient } from '../../api/queries';
import type {
  Batch,
  Mapping,
  NewBatch,
  NewMapping,
  NewSource,
  Page,
  PreviewRequest,
  QuarantineRow,
  Source,
} from '../../api/types';
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

export function sourceQuery(code: string) {
  return queryOptions({
    queryKey: ['source', code],
    queryFn: () => taggedAnswer(client.GET('/api/v1/sources/{code}', { params: { path: { code } } })),
    staleTime: 0,
    gcTime: 0,
  });
}

export function createSource(body: NewSource): Promise<Source> {
  return answer(client.POST('/api/v1/sources', { body }));
}

export function replaceSource(body: NewSource, tag: string): Promise<Source> {
  const params = { path: { code: body.code }, header: { 'If-Match': tag } };
  return answer(client.PUT('/api/v1/sources/{code}', { params, body }));
}

export function mappingQuery(code: string, name: string) {
  return queryOptions({
    queryKey: ['mapping', code, name],
    queryFn: () =>
      taggedAnswer(
        client.GET('/api/v1/sources/{code}/mappings/{name}', { params: { path: { code, name } } }),
      ),
    staleTime: 0,
    gcTime: 0,
  });
}

/// The tag of a name that nothing has yet: saving under it replaces nothing.
const tagOfNothing = '""';

/// Saves a mapping over the one that was seen. Under another name it is saved first and forgotten under the old one
/// after, so that a failure between leaves two and never none.
export async function changeMapping(
  code: string,
  known: Tagged<Mapping>,
  name: string,
  body: NewMapping,
): Promise<void> {
  const isRenamed = name !== known.data.name;
  const params = { path: { code, name }, header: { 'If-Match': isRenamed ? tagOfNothing : known.tag } };
  await answer(client.PUT('/api/v1/sources/{code}/mappings/{name}', { params, body }));
  if (isRenamed) await forgetMapping(code, known.data.name, known.tag);
}

export async function forgetMapping(code: string, name: string, tag?: string): Promise<void> {
  const params = { path: { code, name }, header: { 'If-Match': tag } };
  await answer(client.DELETE('/api/v1/sources/{code}/mappings/{name}', { params }));
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

export interface BatchFilter {
  source?: string;
  state?: Batch['state'];
}

export function listBatches(
  filter: BatchFilter,
  after: string | undefined,
  limit: number,
): Promise<Page<Batch>> {
  return answer(client.GET('/api/v1/batches', { params: { query: { ...filter, after, limit } } }));
}

const recentBatches = 5;
const lookAgainMilliseconds = 5_000;

/// The latest batches; asked for again soon while one of them runs.
export const recentBatchesQuery = queryOptions({
  queryKey: ['batch', 'recent'],
  queryFn: () => listBatches({}, undefined, recentBatches),
  refetchInterval: (query) =>
    query.state.data?.items.some(({ state }) => state === 'running')
      ? pollMilliseconds
      : lookAgainMilliseconds,
});

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
