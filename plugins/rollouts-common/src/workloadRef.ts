import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_KUBERNETES_CLUSTER,
  ANNOTATION_KUBERNETES_ID,
  ANNOTATION_KUBERNETES_NAMESPACE,
  ANNOTATION_WORKLOAD_KIND,
} from './annotations';
import { workloadKindSchema, type WorkloadKind } from './workloadKinds';

/** One workload on one cluster. */
export interface WorkloadRef {
  cluster: string;
  namespace: string;
  kind: WorkloadKind;
  name: string;
}

/** The workload that an entity's annotations name; undefined where one of the three is missing or the kind is not read. */
export function workloadRefOf(entity: Entity): WorkloadRef | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const cluster = annotations[ANNOTATION_KUBERNETES_CLUSTER];
  const namespace = annotations[ANNOTATION_KUBERNETES_NAMESPACE];
  const name = annotations[ANNOTATION_KUBERNETES_ID];
  const kind = workloadKindSchema.safeParse(annotations[ANNOTATION_WORKLOAD_KIND] ?? 'Deployment');
  if (!cluster || !namespace || !name || !kind.success) return undefined;
  return { cluster, namespace, kind: kind.data, name };
}

/** Topic under which a workload's state is streamed; its data is a `Workload`. */
export function workloadTopic(ref: WorkloadRef): string {
  return `rollouts:workload/${[ref.cluster, ref.namespace, ref.kind, ref.name].map(encodeURIComponent).join('/')}`;
}

/** The workload of a topic made by {@link workloadTopic}; undefined where it is no such topic. */
export function workloadRefOfTopic(topic: string): WorkloadRef | undefined {
  const parts = /^rollouts:workload\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(topic)?.slice(1);
  try {
    const [cluster, namespace, kind, name] = parts?.map(decodeURIComponent) ?? [];
    const parsed = workloadKindSchema.safeParse(kind);
    return cluster && namespace && name && parsed.success ? { cluster, namespace, kind: parsed.data, name } : undefined;
  } catch {
    return undefined; // not percent-encoded text: no topic of ours
  }
}
