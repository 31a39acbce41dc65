/// A decision that can be taken back for ten seconds: it is sent when the time is over, when the next one is made,
/// or when the page is left, whichever comes first.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Review } from '../../api/types';
import { type Decision, sendDecision } from './queries';

export const undoSeconds = 10;

interface Handlers {
  onSent: (answer: Review) => void;
  onFailed: (decision: Decision, error: unknown) => void;
}

export function useDeferredDecision(handlers: Handlers) {
  const [waiting, setWaiting] = useState<Decision>();
  const latest = useRef(handlers);
  latest.current = handlers;
  const held = useRef<Decision>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const release = useCallback((): Decision | undefined => {
    clearTimeout(timer.current);
    const decision = held.current;
    held.current = undefined;
    setWaiting(undefined);
    return decision;
  }, []);

  const flush = useCallback(() => {
    const decision = release();
    if (!decision) return;
    sendDecision(decision).then(
      (answer) => latest.current.onSent(answer),
      (error: unknown) => latest.current.onFailed(decision, error),
    );
  }, [release]);

  const decide = useCallback(
    (decision: Decision) => {
      flush();
      held.current = decision;
      setWaiting(decision);
      timer.current = setTimeout(flush, undoSeconds * 1000);
    },
    [flush],
  );

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  return { waiting, decide, undo: release, flush };
}
