import type { Autoscaler } from '@leitstand/plugin-rollouts-common';

/** Which way an autoscaler is moving. */
export function autoscalerMove(autoscaler: Autoscaler): 'steady' | 'up' | 'down' {
  const { currentReplicas, desiredReplicas } = autoscaler;
  if (desiredReplicas === currentReplicas) return 'steady';
  return desiredReplicas > currentReplicas ? 'up' : 'down';
}

/**
 * Whether a condition is as it should be: it can scale and does, and no bound holds it back.
 *
 * Source: {@link https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/#appendix-horizontal-pod-autoscaler-status-conditions}
 */
export function isHealthyCondition(condition: Autoscaler['conditions'][number]): boolean {
  return condition.type === 'ScalingLimited' ? condition.status !== 'True' : condition.status === 'True';
}
