import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import type { WorkloadList } from '@leitstand/plugin-rollouts-common';
import { useCallback } from 'react';
import { rolloutsApiRef } from '../api';

/** What is broken, and how much is watched. */
export interface Broken extends WorkloadList {
  /** How many workloads there are, broken or not. */
  watchedCount: number;
}

const maxRowCount = 20;
const pollMs = 10_000;

/** Workloads with problems, asked for every 10 s. The reply comes from the backend's cache and costs no cluster anything. */
export function useBroken(): Resource<Broken> {
  const rollouts = useApi(rolloutsApiRef);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [broken, all] = await Promise.all([
        rollouts.listWorkloads({ show: 'problems', limit: maxRowCount }, { signal }),
        rollouts.listWorkloads({ show: 'all', limit: 1 }, { signal }),
      ]);
      return { ...broken, watchedCount: all.totalCount };
    },
    [rollouts],
  );
  return useResource(load, { pollMs });
}
