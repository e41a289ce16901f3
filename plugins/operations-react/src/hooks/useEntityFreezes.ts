import { useApi } from '@backstage/core-plugin-api';
import { useSharedResource, type Resource } from '@leitstand/plugin-kit-react';
import type { Freeze } from '@leitstand/plugin-operations-common';
import { useCallback } from 'react';
import { operationsApiRef } from '../api';

const pollMs = 30_000;

/** Freezes that concern an entity, now or later; asked every 30 s, once for all buttons of a page. */
export function useEntityFreezes(entityRef: string): Resource<Freeze[]> {
  const operations = useApi(operationsApiRef);
  const load = useCallback(
    (signal: AbortSignal) => operations.listFreezes({ entityRef }, { signal }),
    [operations, entityRef],
  );
  return useSharedResource({ owner: operations, key: `freezes of ${entityRef}`, load, pollMs });
}
