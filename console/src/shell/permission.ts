/// What the signed-in person may do.
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries';
import type { Permission } from '../api/types';

/// What needs no permission is for whoever has signed in.
export function usePermission(permission: Permission | undefined): boolean {
  const { data } = useQuery(sessionQuery);
  return data !== undefined && (permission === undefined || data.permissions.includes(permission));
}
