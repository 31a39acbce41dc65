/// Sources as people call them; the code only where nothing else is known.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sourcesQuery } from '../../api/queries';

export function useSourceNames(): (code: string) => string {
  const { data } = useQuery(sourcesQuery);
  return useMemo(() => {
    const names = new Map(data?.items.map((source) => [source.code, source.name]));
    return (code: string) => names.get(code) || code;
  }, [data]);
}
