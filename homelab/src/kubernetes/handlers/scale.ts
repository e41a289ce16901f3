// autoscaling/v1 Scale: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1/
import { badRequest } from '../codec/ApiError';
import { isObject } from '../codec/json';
import type { Deployment, KubernetesObject, ReplicaSet } from '../model';

type Scalable = Deployment | ReplicaSet;

/** The Scale of a Deployment or ReplicaSet. */
export function scaleOf(object: KubernetesObject): KubernetesObject {
  const { metadata, spec, status } = object as Scalable;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const labels = Object.entries(spec.selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas },
    status: { replicas: status?.replicas ?? 0, selector: labels.join(',') },
  };
}

/** The object with the replicas, and the preconditions, of a changed Scale. @throws ApiError 400 when it is no Scale */
export function withScale(object: KubernetesObject, scale: KubernetesObject): KubernetesObject {
  const { replicas = 0 } = (isObject(scale.spec) ? scale.spec : {}) as { replicas?: number };
  if (!Number.isInteger(replicas))
    throw badRequest('Scale in version "v1" cannot be handled as a Scale: spec.replicas');
  const { uid, resourceVersion } = scale.metadata ?? {};
  return {
    ...object,
    metadata: { ...object.metadata, ...(uid && { uid }), resourceVersion },
    spec: { ...object.spec, replicas },
  };
}
