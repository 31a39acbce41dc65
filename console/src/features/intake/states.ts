/// The states that a batch can be in.
import type { Batch } from '../../api/types';

/// In the order in which somebody looks for them; one that the server adds is missed by the compiler.
const states: Record<Batch['state'], true> = {
  running: true,
  interrupted: true,
  failed: true,
  withdrawing: true,
  finished: true,
  withdrawn: true,
};

export const batchStates = Object.keys(states) as Batch['state'][];
