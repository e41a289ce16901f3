import { useApi } from '@backstage/core-plugin-api';
import type { AvailableOperation } from '@leitstand/plugin-operations-common';
import { useCallback } from 'react';
import { operationsApiRef } from '../api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';

/** Which operations there are for an entity, and why those that are not available are not. */
export function useAvailableOperations(entityRef: string): Resource<AvailableOperation[]> {
  const operations = useApi(operationsApiRef);
  const load = useCallback(
    (signal: AbortSignal) => operations.listAvailable(entityRef, { signal }),
    [operations, entityRef],
  );
  return useResource(load);
}
