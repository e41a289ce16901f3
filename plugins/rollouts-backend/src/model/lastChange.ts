import { revisionOf, type ReplicaSet } from './kubernetesObjects';
import type { WorkloadObject } from './workloadObjects';

/**
 * When the pod template last changed. A rollout that has ended says when it did; while it is under way or stuck, the age
 * of its ReplicaSet says when it began. Other kinds do not say.
 */
export function lastChangeOf(workload: WorkloadObject, replicaSets: readonly ReplicaSet[]): string | undefined {
  if (workload.kind !== 'Deployment') return undefined;
  const progressing = workload.status.conditions.find(({ type }) => type === 'Progressing');
  const revision = revisionOf(workload);
  const current = replicaSets.find(set => revision !== undefined && revisionOf(set) === revision);
  const began = current?.metadata.creationTimestamp;
  return progressing?.reason === 'NewReplicaSetAvailable' ? (progressing.lastUpdateTime ?? began) : began;
}
