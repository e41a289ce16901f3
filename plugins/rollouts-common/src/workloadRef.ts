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
