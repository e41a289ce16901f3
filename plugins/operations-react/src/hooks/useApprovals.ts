import { useApi } from '@backstage/core-plugin-api';
import { useSharedResource, type Resource } from '@leitstand/plugin-kit-react';
import type { RunList } from '@leitstand/plugin-operations-common';
import { useCallback } from 'react';
import { operationsApiRef } from '../api';

const pollMs = 20_000;

/** Runs that wait for this person's yes or no; asked every 20 s, once for the whole page. */
export function useApprovals(): Resource<RunList> {
  const operations = useApi(operationsApiRef);
  const load = useCallback((signal: AbortSignal) => operations.listApprovals({ signal }), [operations]);
  return useSharedResource({ owner: operations, key: 'approvals', load, pollMs });
}
