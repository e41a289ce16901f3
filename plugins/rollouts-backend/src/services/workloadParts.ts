import type { KubernetesPod } from '../model/kubernetesObjects';
import type { Job, WorkloadObject } from '../model/workloadObjects';
import type { ClusterReader } from '../reflector/ClusterReader';

/** The jobs of a CronJob; none of another kind. */
export function jobsOf(reader: ClusterReader, workload: WorkloadObject): readonly Job[] {
  return workload.kind === 'CronJob' ? reader.jobsByOwner.get(workload.metadata.uid) : [];
}

/** The pods of a workload, whatever stands between them. */
export function podsOf(reader: ClusterReader, workload: WorkloadObject): readonly KubernetesPod[] {
  const { uid } = workload.metadata;
  const podsOfOwner = (owner: { metadata: { uid: string } }) => reader.podsByOwner.get(owner.metadata.uid);
  switch (workload.kind) {
    case 'Deployment':
      return reader.replicaSetsByOwner.get(uid).flatMap(podsOfOwner);
    case 'CronJob':
      return reader.jobsByOwner.get(uid).flatMap(podsOfOwner);
    case 'StatefulSet':
    case 'DaemonSet':
      return reader.podsByOwner.get(uid);
    default:
      throw new Error(`Unknown kind ${workload satisfies never}`);
  }
}
