/// The one way to the server: typed by the generated document, problems become `ProblemError`,
/// an expired session is announced to whoever listens.
import createClient from 'openapi-fetch';
import { ProblemError, problemOf } from './problem';
import type { paths } from './schema';

/// Writes with the session cookie need this header; a foreign site cannot send it.
export const requestHeader = { 'x-hubu-request': '1' } as const;

export const client = createClient<paths>({
  baseUrl: '/',
  headers: requestHeader,
  credentials: 'same-origin',
});

type Listener = () => void;
const expiryListeners = new Set<Listener>();

/// Calls `listener` whenever the server says that nobody is signed in.
export function onSessionExpired(listener: Listener): () => void {
  expiryListeners.add(listener);
  return () => expiryListeners.delete(listener);
}

export function announceExpiry(): void {
  for (const listener of expiryListeners) listener();
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/// What stands there with the tag that says so: whoever changes it sends the tag along.
export interface Tagged<Data> {
  data: Data;
  tag: string;
}

/// The data of an answer with its tag, or a thrown `ProblemError`.
export async function taggedAnswer<Data>(pending: Promise<Answer<Data>>): Promise<Tagged<Data>> {
  const { response } = await pending;
  return { data: await answer(pending), tag: response.headers.get('etag') ?? '*' };
}

/// The data of an answer, or a thrown `ProblemError`.
export async function answer<Data>(pending: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await pending;
  if (!response.ok) {
    if (response.status === 401 && !response.url.endsWith('/sessions')) announceExpiry();
    throw new ProblemError(problemOf(error, response.status));
  }
  return data as Data;
}
