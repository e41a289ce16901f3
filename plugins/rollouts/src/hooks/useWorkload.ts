import { useApi } from '@backstage/core-plugin-api';
import { useLive, useResource } from '@leitstand/plugin-kit-react';
import { workloadSchema, workloadTopic, type Workload, type WorkloadRef } from '@leitstand/plugin-rollouts-common';
import { useCallback } from 'react';
import { rolloutsApiRef } from '../api';
import { newerOf } from '../model/newerOf';

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
  // The open stream has the last word: what became stale counts as of an earlier time than what was asked before.
  const workload = (isLive && live.data) || newerOf(live.data, asked.value);
  return { workload, error: asked.error, isLive, reload: asked.reload };
}
