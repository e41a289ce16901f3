import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import type { Cluster } from '@leitstand/plugin-rollouts-common';
import { useCallback } from 'react';
import { rolloutsApiRef } from '../api';

const pollMs = 10_000;

/** A cluster, asked for every 10 s; the backend answers from memory. */
export function useCluster(name: string): Resource<Cluster> {
  const rollouts = useApi(rolloutsApiRef);
  const load = useCallback((signal: AbortSignal) => rollouts.getCluster(name, { signal }), [rollouts, name]);
  return useResource(load, { pollMs });
}
