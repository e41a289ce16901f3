import type { Deployment } from './kubernetesObjects';
import { refusedPodsOf } from './refusedPods';

/** How far a rollout is. */
export type RolloutStatus = { state: 'waiting' | 'done' | 'failed'; message: string };

/** When the Progressing condition was last written, while it says that the deadline is over; else null. */
export function stalledSince(deployment: Pick<Deployment, 'status'>): string | null {
  const progressing = deployment.status.conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.reason !== 'ProgressDeadlineExceeded') return null;
  return progressing.lastUpdateTime ?? progressing.lastTransitionTime ?? '';
}

/**
 * The rules of `kubectl rollout status`, with one difference: a stall that was on record before the change and has not
 * been written since is that of the rollout before.
 *
 * Source: {@link https://github.com/kubernetes/kubectl/blob/master/pkg/polymorphichelpers/rollout_status.go}
 */
export function rolloutStatusOf(
  deployment: {
    metadata: Pick<Deployment['metadata'], 'name' | 'generation'>;
    spec: Pick<Deployment['spec'], 'replicas'>;
    status: Deployment['status'];
  },
  earlierStall: string | null = null,
): RolloutStatus {
  const { metadata, spec, status } = deployment;
  if (metadata.generation > status.observedGeneration) {
    return { state: 'waiting', message: 'The cluster has not taken up the change yet' };
  }
  const stall = stalledSince(deployment);
  if (stall !== null && stall !== earlierStall) {
    return { state: 'failed', message: `${metadata.name} made no progress within its deadline` };
  }
  if (status.updatedReplicas < spec.replicas) {
    const refusal = refusedPodsOf(deployment);
    const why = refusal ? `; the cluster refuses to make pods: ${refusal}` : '';
    return {
      state: 'waiting',
      message: `${status.updatedReplicas} of ${spec.replicas} new replicas are started${why}`,
    };
  }
  if (status.replicas > status.updatedReplicas) {
    const count = status.replicas - status.updatedReplicas;
    return { state: 'waiting', message: count === 1 ? '1 old replica is ending' : `${count} old replicas are ending` };
  }
  if (status.availableReplicas < status.updatedReplicas) {
    return {
      state: 'waiting',
      message: `${status.availableReplicas} of ${status.updatedReplicas} new replicas are available`,
    };
  }
  return { state: 'done', message: `${status.availableReplicas} of ${spec.replicas} replicas are available` };
}
