import { useApi } from '@backstage/core-plugin-api';
import { useFollowed, type Followed } from '@leitstand/plugin-kit-react';
import { workloadSchema, workloadTopic, type Workload, type WorkloadRef } from '@leitstand/plugin-rollouts-common';
import { useCallback } from 'react';
import { rolloutsApiRef } from '../api';

/** Follows a workload. */
export function useWorkload(ref: WorkloadRef): Followed<Workload> {
  const rollouts = useApi(rolloutsApiRef);
  const { cluster, namespace, kind, name } = ref;
  const load = useCallback(
    (signal: AbortSignal) => rollouts.getWorkload({ cluster, namespace, kind, name }, { signal }),
    [rollouts, cluster, namespace, kind, name],
  );
  return useFollowed({ topic: workloadTopic(ref), schema: workloadSchema, load });
}
