import { useApi } from '@backstage/core-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import { podLogReadPermission } from '@leitstand/plugin-rollouts-common';
import { useCallback } from 'react';

/** Whether the signed-in person may read logs at all. */
export function useMayReadLogs(): Resource<boolean> {
  const permissions = useApi(permissionApiRef);
  const load = useCallback(async () => {
    const { result } = await permissions.authorize({ permission: podLogReadPermission });
    return result === AuthorizeResult.ALLOW;
  }, [permissions]);
  return useResource(load);
}
