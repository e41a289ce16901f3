import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_KUBERNETES_CLUSTER,
  ANNOTATION_KUBERNETES_ID,
  ANNOTATION_KUBERNETES_NAMESPACE,
} from './annotations';

/** One workload on one cluster. */
export interface WorkloadRef {
  cluster: string;
  namespace: string;
  kind: 'Deployment';
  name: string;
}

/** The workload that an entity's annotations name; undefined where one of the three is missing. */
export function workloadRefOf(entity: Entity): WorkloadRef | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const cluster = annotations[ANNOTATION_KUBERNETES_CLUSTER];
  const namespace = annotations[ANNOTATION_KUBERNETES_NAMESPACE];
  const name = annotations[ANNOTATION_KUBERNETES_ID];
  if (!cluster || !namespace || !name) return undefined;
  return { cluster, namespace, kind: 'Deployment', name };
}

/** Topic under which a workload's state is streamed; its data is a `Workload`. */
export function workloadTopic(ref: WorkloadRef): string {
  return `rollouts:workload/${[ref.cluster, ref.namespace, ref.name].map(encodeURIComponent).join('/')}`;
}

/** The workload of a topic made by {@link workloadTopic}; undefined where it is no such topic. */
export function workloadRefOfTopic(topic: string): WorkloadRef | undefined {
  const parts = /^rollouts:workload\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(topic)?.slice(1);
  try {
    const [cluster, namespace, name] = parts?.map(decodeURIComponent) ?? [];
    return cluster && namespace && name ? { cluster, namespace, kind: 'Deployment', name } : undefined;
  } catch {
    return undefined; // not percent-encoded text: no topic of ours
  }
}
