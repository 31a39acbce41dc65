/// What the signed-in person may do.
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries';
import type { Permission } from '../api/types';

export function usePermission(permission: Permission): boolean {
  const { data } = useQuery(sessionQuery);
  return data?.permissions.includes(permission) ?? false;
}
