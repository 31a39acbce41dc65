/// Asks the server what was typed, once the person pauses; the last answer stays while the next is awaited.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

const pauseMilliseconds = 200;

/// A value as it was when it had last been still for a moment.
export function useStill<Value>(value: Value): Value {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return still;
}

/// The answer to a question; none while the question is empty. What was asked is personal data: it is forgotten at once.
export function useAnswer<Question, Answer>(
  name: string,
  question: Question | undefined,
  ask: (question: Question) => Promise<Answer>,
) {
  const still = useStill(question);
  const { data, error, refetch } = useQuery({
    queryKey: ['authenticity', name, still],
    queryFn: () => ask(still as Question),
    enabled: still !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return { data: question === undefined ? undefined : data, error, refetch };
}
