/// The states that a batch can be in.
import type { Batch } from '../../api/types';

export const batchStates: readonly Batch['state'][] = [
  'running',
  'finished',
  'interrupted',
  'failed',
  'withdrawn',
];
