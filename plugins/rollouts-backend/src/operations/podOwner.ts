import type { KubernetesClient } from '../client/KubernetesClient';
import { controllerUidOf, replicaSetType, type KubernetesPod } from '../model/kubernetesObjects';
import type { WorkloadDocument } from '../model/workloadDocuments';
import { jobType } from '../model/workloadObjects';
import { isNotFound } from './patchGuarded';

/** What controls a pod. */
export interface PodOwner {
  name: string;
  /** Whether it makes a new pod when this one is gone. */
  replaces: boolean;
}

/** The controller of a pod that belongs to a workload; undefined when it belongs to another, or to none. */
export async function podOwnerOf(
  client: KubernetesClient,
  { pod, workload }: { pod: KubernetesPod; workload: WorkloadDocument },
  signal: AbortSignal,
): Promise<PodOwner | undefined> {
  const { namespace, uid, name } = workload.metadata;
  const controller = pod.metadata.ownerReferences.find(reference => reference.controller);
  if (!controller) return undefined;
  if (workload.kind === 'StatefulSet' || workload.kind === 'DaemonSet') {
    const wanted = workload.kind === 'StatefulSet' ? workload.spec.replicas : workload.status.desiredNumberScheduled;
    return controller.uid === uid ? { name, replaces: wanted > 0 } : undefined;
  }
  const place = { namespace, name: controller.name };
  try {
    if (workload.kind === 'Deployment') {
      const set = await client.get(replicaSetType, place, signal);
      const isOwned = set.metadata.uid === controller.uid && controllerUidOf(set) === uid;
      return isOwned ? { name: controller.name, replaces: set.spec.replicas > 0 } : undefined;
    }
    const job = await client.get(jobType, place, signal);
    const isOwned = job.metadata.uid === controller.uid && controllerUidOf(job) === uid;
    const hasEnded = job.status.conditions.some(
      ({ type, status }) => ['Complete', 'Failed'].includes(type) && status === 'True',
    );
    return isOwned ? { name: controller.name, replaces: !hasEnded } : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
