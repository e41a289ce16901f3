import type { PatchOperation } from '../client/KubernetesClient';

/** `add` sets what is there, and works where Kubernetes leaves a 0 out. */
export function replicasOperation(replicas: number): PatchOperation {
  return { op: 'add', path: '/spec/replicas', value: replicas };
}

/** What changes the bounds of an autoscaler. */
export function boundsOperations(bounds: { minReplicas: number; maxReplicas: number }): PatchOperation[] {
  return [
    { op: 'add', path: '/spec/minReplicas', value: bounds.minReplicas },
    { op: 'add', path: '/spec/maxReplicas', value: bounds.maxReplicas },
  ];
}
