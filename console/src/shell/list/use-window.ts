/// A keyset window as a hook.
import { useEffect, useMemo, useReducer, useSyncExternalStore } from 'react';
import { type FetchPage, type KeysetWindow, onForget, type Snapshot, windowOf } from './window';

export interface ListWindow<Item> {
  window: KeysetWindow<Item>;
  snapshot: Snapshot;
}

/// `name` says everything the page fetcher depends on: another name is another list.
export function useWindow<Item>(name: string, fetchPage: FetchPage<Item>): ListWindow<Item> {
  const [times, lookAgain] = useReducer((seen: number) => seen + 1, 0);
  useEffect(() => onForget(lookAgain), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name says all that the fetcher depends on
  const window = useMemo(() => windowOf(name, fetchPage), [name, times]);
  const snapshot = useSyncExternalStore(window.subscribe, window.snapshot);
  useEffect(() => window.ensure(0, 0), [window]);
  return { window, snapshot };
}
