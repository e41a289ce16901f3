// How a rollout moves: https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/controller/deployment/rolling.go
import type { Deployment, ReplicaSet } from '../../model';
import { byCreation } from './revisions';

/** A ReplicaSet and how many replicas it should have next. */
export interface Scaling {
  replicaSet: ReplicaSet;
  replicas: number;
}

/** Bounds of a rollout, in pods. */
export interface Fenceposts {
  maxSurge: number;
  maxUnavailable: number;
}

function resolve(value: number | string | undefined, total: number, round: (value: number) => number): number {
  if (typeof value !== 'string') return value ?? 0;
  return round((Number.parseInt(value, 10) / 100) * total);
}

/** `maxSurge` rounds up, `maxUnavailable` down; if both come to 0, one pod may be unavailable. */
export function fencepostsOf(deployment: Deployment): Fenceposts {
  const { strategy, replicas } = deployment.spec;
  if (strategy.type === 'Recreate') return { maxSurge: 0, maxUnavailable: 0 };
  const maxSurge = resolve(strategy.rollingUpdate?.maxSurge, replicas, Math.ceil);
  const maxUnavailable = resolve(strategy.rollingUpdate?.maxUnavailable, replicas, Math.floor);
  return { maxSurge, maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : Math.min(maxUnavailable, replicas) };
}

/** Pods that are asked for, in all. */
export function specReplicas(replicaSets: ReplicaSet[]): number {
  return replicaSets.reduce((sum, replicaSet) => sum + replicaSet.spec.replicas, 0);
}

/** Pods that are available, in all. */
export function availableReplicas(replicaSets: ReplicaSet[]): number {
  return replicaSets.reduce((sum, replicaSet) => sum + (replicaSet.status?.availableReplicas ?? 0), 0);
}

/** How many replicas the new ReplicaSet should have, given what is there of it and of the old ones. */
export function newReplicaCount(deployment: Deployment, current: number, old: ReplicaSet[]): number {
  const { replicas, strategy } = deployment.spec;
  if (strategy.type === 'Recreate') return replicas;
  if (current > replicas) return replicas;
  const room = replicas + fencepostsOf(deployment).maxSurge - (specReplicas(old) + current);
  return room <= 0 ? current : current + Math.min(room, replicas - current);
}

/** Takes up to `limit` replicas away, `removable` of each at most, the oldest ReplicaSet first. */
function takeAway(old: Scaling[], limit: number, removable: (scaling: Scaling) => number): number {
  let left = limit;
  for (const scaling of old) {
    const count = Math.min(left, Math.max(0, removable(scaling)));
    scaling.replicas -= count;
    left -= count;
  }
  return limit - left;
}

/** How far the old ReplicaSets may go down now: first pods that do not work, then as many as availability allows. */
export function scaleDownOld(deployment: Deployment, newest: ReplicaSet, old: ReplicaSet[]): Scaling[] {
  const scalings = [...old].sort(byCreation).map(replicaSet => ({ replicaSet, replicas: replicaSet.spec.replicas }));
  if (specReplicas(old) === 0) return [];
  const minAvailable = deployment.spec.replicas - fencepostsOf(deployment).maxUnavailable;
  const newUnavailable = newest.spec.replicas - (newest.status?.availableReplicas ?? 0);
  const maxScaledDown = specReplicas([newest, ...old]) - minAvailable - newUnavailable;
  if (maxScaledDown <= 0) return [];
  takeAway(scalings, maxScaledDown, item => item.replicas - (item.replicaSet.status?.availableReplicas ?? 0));
  const spare = availableReplicas([newest, ...old]) - minAvailable;
  if (spare > 0) takeAway(scalings, spare, item => item.replicas);
  return scalings.filter(item => item.replicas !== item.replicaSet.spec.replicas);
}

/** Shares a changed number of replicas out among the active ReplicaSets in the middle of a rollout (sync.go, scale). */
export function scaleProportionally(deployment: Deployment, active: ReplicaSet[]): Scaling[] {
  const allowed = deployment.spec.replicas > 0 ? deployment.spec.replicas + fencepostsOf(deployment).maxSurge : 0;
  const total = specReplicas(active);
  let left = allowed - total;
  const ordered = [...active].sort((one, other) => other.spec.replicas - one.spec.replicas || byCreation(other, one));
  const scalings = ordered.map(replicaSet => {
    const ideal = Math.round((replicaSet.spec.replicas * allowed) / total) - replicaSet.spec.replicas;
    const share = left > 0 ? Math.min(Math.max(ideal, 0), left) : Math.max(Math.min(ideal, 0), left);
    left -= share;
    return { replicaSet, replicas: replicaSet.spec.replicas + share };
  });
  if (scalings.length > 0) scalings[0].replicas = Math.max(0, scalings[0].replicas + left);
  return scalings;
}
