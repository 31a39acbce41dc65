/// What the pages of rule packs ask the server.
import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import { queryClient } from '../../api/queries';
import type { Backtest, PackCheck, PackEditionDetail, Replay, RuleDecision } from '../../api/types';
import { forgetWindows } from '../../shell/list/window';
import type { Edit } from './edits';

export interface Change {
  edits: Edit[];
  /// Files that are added or replaced as wholes; null removes one.
  files: Record<string, string | null>;
}

export const packsQuery = queryOptions({
  queryKey: ['packs', 'editions'],
  queryFn: () => answer(client.GET('/api/v1/pack-editions')),
});

export function editionQuery(id: string) {
  return queryOptions({
    queryKey: ['packs', 'edition', id],
    queryFn: () => answer(client.GET('/api/v1/pack-editions/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  });
}

export const factsQuery = queryOptions({
  queryKey: ['packs', 'facts'],
  queryFn: () => answer(client.GET('/api/v1/rule-facts')),
  staleTime: 60_000,
});

export function rulesQuery(day: string | undefined, branch: string | undefined) {
  return queryOptions({
    queryKey: ['packs', 'rules', day ?? null, branch ?? null],
    queryFn: () => answer(client.GET('/api/v1/rules', { params: { query: { day, branch } } })),
  });
}

/// While views are on their way it is asked again and again.
export function viewRulesQuery() {
  return queryOptions({
    queryKey: ['packs', 'view-rules'],
    queryFn: () => answer(client.GET('/api/v1/view-rules')),
    refetchInterval: (query) => (query.state.data?.refolding ? 2000 : false),
  });
}

export function differencesQuery(id: string, revision: number) {
  return queryOptions({
    queryKey: ['packs', 'differences', id, revision],
    queryFn: () => answer(client.GET('/api/v1/pack-editions/{id}/differences', { params: { path: { id } } })),
  });
}

export function backtestQuery(id: string) {
  return queryOptions({
    queryKey: ['packs', 'backtest', id],
    queryFn: () => answer(client.GET('/api/v1/pack-backtests/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_000 : false),
  });
}

export function checkQuery(id: string, revision: number, change: Change) {
  return queryOptions({
    queryKey: ['packs', 'check', id, revision, change],
    queryFn: (): Promise<PackCheck> => {
      const body = { revision, edits: change.edits, files: change.files };
      return answer(client.POST('/api/v1/pack-editions/{id}/check', { params: { path: { id } }, body }));
    },
    gcTime: 0,
  });
}

export function saveDraft(id: string, revision: number, change: Change): Promise<PackEditionDetail> {
  const body = { revision, edits: change.edits, files: change.files };
  return answer(client.PATCH('/api/v1/pack-editions/{id}', { params: { path: { id } }, body }));
}

/// Lets examples that turn out otherwise expect what their rules say now.
export function adoptExamples(id: string, revision: number): Promise<PackEditionDetail> {
  const said = { params: { path: { id } }, body: { revision } };
  return answer(client.POST('/api/v1/pack-editions/{id}/adopt-examples', said));
}

export function beginDraft(base: string): Promise<PackEditionDetail> {
  return answer(client.POST('/api/v1/pack-editions', { body: { base } }));
}

export function createPack(files: Record<string, string>): Promise<PackEditionDetail> {
  return answer(client.POST('/api/v1/pack-editions', { body: { files } }));
}

export function startBacktest(id: string, branch: string | undefined): Promise<Backtest> {
  const said = { params: { path: { id } }, body: { branch } };
  return answer(client.POST('/api/v1/pack-editions/{id}/backtests', said));
}

export type Step = 'propose' | 'approve' | 'return' | 'discard';

export function takeStep(edition: PackEditionDetail, step: Step, reason: string): Promise<PackEditionDetail> {
  const { id, revision } = edition;
  const said = { params: { path: { id } }, body: { reason, revision } };
  if (step === 'propose') return answer(client.POST('/api/v1/pack-editions/{id}/propose', said));
  if (step === 'approve') return answer(client.POST('/api/v1/pack-editions/{id}/approve', said));
  if (step === 'return') return answer(client.POST('/api/v1/pack-editions/{id}/return', said));
  return answer(client.POST('/api/v1/pack-editions/{id}/discard', said));
}

/// What the server just said of an edition is what is shown of it; everything else of packs is read again.
export async function editionChanged(edition: PackEditionDetail): Promise<void> {
  queryClient.setQueryData(editionQuery(edition.id).queryKey, edition);
  forgetWindows('rules');
  await queryClient.invalidateQueries({
    queryKey: ['packs'],
    predicate: ({ queryKey }) => queryKey[1] !== 'check' && queryKey[2] !== edition.id,
  });
}

export function historyOf(id: string) {
  return queryOptions({
    queryKey: ['packs', 'history', id],
    queryFn: () =>
      answer(
        client.GET('/api/v1/audit', { params: { query: { subject: `pack_edition/${id}`, limit: 100 } } }),
      ),
    staleTime: 0,
  });
}

export function decisionsQuery(number: string) {
  return queryOptions({
    queryKey: ['customer', number, 'rule-decisions'],
    queryFn: () =>
      answer(client.GET('/api/v1/customers/{number}/rule-decisions', { params: { path: { number } } })),
  });
}

export function judge(number: string, branch: string | undefined): Promise<RuleDecision> {
  const said = { params: { path: { number } }, body: { branch } };
  return answer(client.POST('/api/v1/customers/{number}/rule-decisions', said));
}

export function replay(id: string): Promise<Replay> {
  return answer(client.POST('/api/v1/rule-decisions/{id}/replay', { params: { path: { id } } }));
}
