import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import type { WorkloadList } from '@leitstand/plugin-rollouts-common';
import { useCallback } from 'react';
import { rolloutsApiRef } from '../api';

const pollMs = 10_000;
const maxRowCount = 10;

/** The worst workloads of one cluster. */
export function useClusterTrouble(cluster: string): Resource<WorkloadList> {
  const rollouts = useApi(rolloutsApiRef);
  const load = useCallback(
    (signal: AbortSignal) => rollouts.listWorkloads({ show: 'problems', cluster, limit: maxRowCount }, { signal }),
    [rollouts, cluster],
  );
  return useResource(load, { pollMs });
}
