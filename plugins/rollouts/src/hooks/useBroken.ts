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

/** The worst; the others are on the fleet page. */
const maxRowCount = 10;
const pollMs = 10_000;

/** Workloads with problems, asked for every 10 s. The reply comes from the backend's cache and costs no cluster anything. */
export function useBroken(): Resource<Broken> {
  const rollouts = useApi(rolloutsApiRef);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const broken = await rollouts.listWorkloads({ show: 'problems', limit: maxRowCount }, { signal });
      const watchedCount = Object.values(broken.healthCounts).reduce((sum, count) => sum + count, 0);
      return { ...broken, watchedCount };
    },
    [rollouts],
  );
  return useResource(load, { pollMs });
}
