import { useApi } from '@backstage/core-plugin-api';
import { useLatestOf, useLive, useResource } from '@leitstand/plugin-kit-react';
import { workloadSchema, workloadTopic, type Workload, type WorkloadRef } from '@leitstand/plugin-rollouts-common';
import { useCallback } from 'react';
import { rolloutsApiRef } from '../api';

/** A workload that is followed. */
export interface FollowedWorkload {
  /** Undefined until something is known of it. */
  workload: Workload | undefined;
  /** Why nothing, or nothing newer, is known. */
  error: unknown;
  /** False while the state is asked for instead of told. */
  isLive: boolean;
  reload: () => void;
}

/** Time between two questions while the stream is not there, in milliseconds. */
const pollMs = 10_000;

/** Asks for a workload once and follows it by the live stream; asks every 10 s while the stream fails. */
export function useWorkload(ref: WorkloadRef): FollowedWorkload {
  const rollouts = useApi(rolloutsApiRef);
  const { cluster, namespace, kind, name } = ref;
  const load = useCallback(
    (signal: AbortSignal) => rollouts.getWorkload({ cluster, namespace, kind, name }, { signal }),
    [rollouts, cluster, namespace, kind, name],
  );
  const live = useLive({ topic: workloadTopic(ref), schema: workloadSchema });
  const isLive = live.error === undefined && live.connection !== 'interrupted';
  const asked = useResource(load, { pollMs: isLive ? undefined : pollMs });
  const latest = useLatestOf(live.data, asked.value);
  // An open stream has the last word: an answer that was under way when the stream spoke is older, though it came later.
  const workload = isLive && live.data ? live.data : latest;
  return { workload, error: asked.error, isLive, reload: asked.reload };
}
