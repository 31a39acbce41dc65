/// A keyset window as a hook.
import { useEffect, useReducer, useSyncExternalStore } from 'react';
import { type FetchPage, type KeysetWindow, onForget, type Snapshot, windowOf } from './window';

export interface ListWindow<Item> {
  window: KeysetWindow<Item>;
  snapshot: Snapshot;
}

/// `name` says everything the page fetcher depends on: another name is another list.
export function useWindow<Item>(name: string, fetchPage: FetchPage<Item>): ListWindow<Item> {
  const [, lookAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => onForget(lookAgain), []);
  const window = windowOf(name, fetchPage);
  const snapshot = useSyncExternalStore(window.subscribe, window.snapshot);
  useEffect(() => window.ensure(0, 0), [window]);
  return { window, snapshot };
}
