import { ruleOf } from '../client/admissionRefusal';
import type { Deployment } from './kubernetesObjects';

/**
 * Which rule of the cluster keeps a Deployment's pods from being made, in words; undefined where none does.
 *
 * Source: {@link https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment}
 */
export function refusedPodsOf({ status }: Pick<Deployment, 'status'>): string | undefined {
  const failure = status.conditions.find(({ type }) => type === 'ReplicaFailure');
  return failure?.status === 'True' && failure.reason === 'FailedCreate' ? ruleOf(failure.message) : undefined;
}
