/// The file on its way to the server. It goes on while one looks at other pages.
import { useSyncExternalStore } from 'react';
import { sendFile } from '../../api/transfer';
import type { Upload } from '../../api/types';
import { rememberImport } from './unfinished';

interface Sending {
  file?: string;
  /// How much of it has been sent, from 0 to 1; none while nothing is on its way.
  share?: number;
  error?: unknown;
}

let state: Sending = {};
let stop: AbortController | undefined;
const listeners = new Set<() => void>();

function publish(next: Sending): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSending(): Sending {
  return useSyncExternalStore(subscribe, () => state);
}

/// Gives the upload once it arrived whole; none when it was stopped or failed.
export async function send(file: File): Promise<string | undefined> {
  stop = new AbortController();
  publish({ file: file.name, share: 0 });
  try {
    const url = `/api/v1/uploads?name=${encodeURIComponent(file.name)}`;
    const sent = (share: number) => publish({ file: file.name, share });
    const uploaded = await sendFile<Upload>(url, file, sent, stop.signal);
    rememberImport(uploaded.id, { file: file.name });
    publish({});
    return uploaded.id;
  } catch (failure) {
    const isStopped = failure instanceof DOMException && failure.name === 'AbortError';
    publish(isStopped ? {} : { error: failure });
    return undefined;
  }
}

export function stopSending(): void {
  stop?.abort();
}
