import type { WorkloadSummary } from '@leitstand/plugin-rollouts-common';
import { restartsOf } from './describePods';
import { discoveredEntityRefOf } from './discoveredEntity';
import { healthOf } from './health';
import type { KubernetesPod, ReplicaSet } from './kubernetesObjects';
import { lastChangeOf } from './lastChange';
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
