import type { WorkloadSummary } from '@leitstand/plugin-rollouts-common';
import { restartsOf } from './describePods';
import { discoveredEntityRefOf } from './discoveredEntity';
import { healthOf } from './health';
import { revisionOf, type KubernetesPod, type ReplicaSet } from './kubernetesObjects';
import { replicasOf } from './replicas';
import { imagesOf } from './workload';
import { podTemplateOf, type Job, type WorkloadObject } from './workloadObjects';

/** What a row of a list is made from. */
export interface SummaryParts {
  cluster: string;
  workload: WorkloadObject;
  replicaSets: readonly ReplicaSet[];
  jobs: readonly Job[];
  pods: readonly KubernetesPod[];
}

/** One row of a list of workloads. */
export function summaryOf({ cluster, workload, replicaSets, jobs, pods }: SummaryParts): WorkloadSummary {
  const { desired, ready } = replicasOf(workload);
  return {
    cluster,
    namespace: workload.metadata.namespace,
    kind: workload.kind,
    name: workload.metadata.name,
    entityRef: discoveredEntityRefOf(cluster, workload, workload.kind),
    health: healthOf(workload, pods, jobs),
    images: imagesOf(podTemplateOf(workload)),
    replicas: { desired, ready },
    restarts: pods.reduce((sum, pod) => sum + restartsOf(pod), 0),
    lastChangedAt: lastChangeOf(workload, replicaSets),
  };
}

/**
 * When the pod template last changed. A rollout that has ended says when it did; while it is under way or stuck, the age
 * of its ReplicaSet says when it began. Other kinds do not say.
 */
function lastChangeOf(workload: WorkloadObject, replicaSets: readonly ReplicaSet[]): string | undefined {
  if (workload.kind !== 'Deployment') return undefined;
  const progressing = workload.status.conditions.find(({ type }) => type === 'Progressing');
  const revision = revisionOf(workload);
  const current = replicaSets.find(set => revision !== undefined && revisionOf(set) === revision);
  const began = current?.metadata.creationTimestamp;
  return progressing?.reason === 'NewReplicaSetAvailable' ? (progressing.lastUpdateTime ?? began) : began;
}
