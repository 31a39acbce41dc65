/// How far an edition is on its way: draft, check, back-test, proposal, in force.
import type { PackEdition } from '../../api/types';

export const stages = ['draft', 'check', 'backtest', 'propose', 'approve'] as const;

export type Standing = 'finish' | 'process' | 'wait' | 'error';

interface Facts {
  state: PackEdition['state'];
  revision: number;
  problems: number;
  /// Of which revision the last back-test is, if it is ready.
  tested: number | undefined;
}

export function standings({ state, revision, problems, tested }: Facts): Standing[] {
  const isTested = tested === revision;
  if (state === 'proposed') return ['finish', 'finish', isTested ? 'finish' : 'wait', 'finish', 'process'];
  if (state === 'discarded') return ['finish', 'wait', 'wait', 'wait', 'wait'];
  if (state !== 'draft') return ['finish', 'finish', isTested ? 'finish' : 'wait', 'finish', 'finish'];
  if (problems > 0) return ['finish', 'error', 'wait', 'wait', 'wait'];
  return ['finish', 'finish', isTested ? 'finish' : 'process', isTested ? 'process' : 'wait', 'wait'];
}
