// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/controller/deployment/progress.go and sync.go
import { formatTime } from '../../codec/timestamp';
import type { Condition, Deployment, DeploymentStatus, ReplicaSet } from '../../model';
import { availableReplicas, fencepostsOf } from './rolling';

/** A condition without its times. */
export type ConditionState = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** The ReplicaSets behind a status, and what time it is in milliseconds since the epoch. */
export interface StatusFacts {
  newest?: ReplicaSet;
  all: ReplicaSet[];
  now: number;
}

/** The condition of that type, if there is one. */
export function conditionOf(status: DeploymentStatus | undefined, type: string): Condition | undefined {
  return status?.conditions?.find(condition => condition.type === type);
}

/** Sets a condition; one with the same status and reason stays as it is, the same status keeps its transition time. */
export function setCondition(conditions: Condition[], state: ConditionState, now: number): Condition[] {
  const current = conditions.find(condition => condition.type === state.type);
  if (current?.status === state.status && current.reason === state.reason) return conditions;
  const time = formatTime(now);
  const lastTransitionTime = current?.status === state.status ? current.lastTransitionTime : time;
  const { type, status, reason, message } = state;
  const next: Condition = { type, status, lastUpdateTime: time, lastTransitionTime, reason, message };
  return [...conditions.filter(condition => condition.type !== state.type), next];
}

/** A step forward: the condition is renewed even if nothing but its time changes, since the deadline runs from it. */
function renewCondition(conditions: Condition[], state: ConditionState, now: number): Condition[] {
  const current = conditions.find(condition => condition.type === state.type);
  const others = conditions.filter(condition => condition.type !== state.type);
  const [next] = setCondition([], state, now);
  if (current?.status === state.status) next.lastTransitionTime = current.lastTransitionTime;
  return [...others, next];
}

function podCount(replicaSets: ReplicaSet[], field: 'replicas' | 'readyReplicas'): number {
  return replicaSets.reduce((sum, replicaSet) => sum + (replicaSet.status?.[field] ?? 0), 0);
}

function availability(deployment: Deployment, available: number): ConditionState {
  const isEnough = available >= deployment.spec.replicas - fencepostsOf(deployment).maxUnavailable;
  return isEnough
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/** Counts and availability; the progress is added by `withProgress`. */
export function calculateStatus(deployment: Deployment, facts: StatusFacts): DeploymentStatus {
  const counts = {
    replicas: podCount(facts.all, 'replicas'),
    updatedReplicas: podCount(facts.newest ? [facts.newest] : [], 'replicas'),
    readyReplicas: podCount(facts.all, 'readyReplicas'),
    availableReplicas: availableReplicas(facts.all),
  };
  const total = facts.all.reduce((sum, replicaSet) => sum + replicaSet.spec.replicas, 0);
  const unavailableReplicas = Math.max(0, total - counts.availableReplicas);
  const shown = Object.entries({ ...counts, unavailableReplicas }).filter(([, count]) => count > 0);
  const conditions = setCondition(
    deployment.status?.conditions ?? [],
    availability(deployment, counts.availableReplicas),
    facts.now,
  );
  return { observedGeneration: deployment.metadata.generation, ...Object.fromEntries(shown), conditions };
}

/** All pods are of the new template, and available. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const { replicas } = deployment.spec;
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

function isProgressing(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** Reasons at which no deadline runs any more. */
const endStates = new Set<string | undefined>([
  'NewReplicaSetAvailable',
  'ProgressDeadlineExceeded',
  'DeploymentPaused',
]);

/** When the deadline ends, in milliseconds since the epoch; undefined when none is running. */
export function deadlineOf(deployment: Deployment, status: DeploymentStatus): number | undefined {
  const progress = conditionOf(status, 'Progressing');
  if (!progress?.lastUpdateTime || endStates.has(progress.reason)) return undefined;
  return Date.parse(progress.lastUpdateTime) + deployment.spec.progressDeadlineSeconds * 1000;
}

/** The status with its Progressing condition brought up to date. */
export function withProgress(deployment: Deployment, status: DeploymentStatus, facts: StatusFacts): DeploymentStatus {
  const conditions = status.conditions ?? [];
  const current = conditionOf(status, 'Progressing');
  const isDone =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable';
  if (isDone) return status;
  const name = facts.newest ? `ReplicaSet "${facts.newest.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const state = (ok: boolean, reason: string, message: string): ConditionState => ({
    type: 'Progressing',
    status: ok ? 'True' : 'False',
    reason,
    message: `${name} ${message}`,
  });
  if (isComplete(deployment, status)) {
    const complete = state(true, 'NewReplicaSetAvailable', 'has successfully progressed.');
    return { ...status, conditions: setCondition(conditions, complete, facts.now) };
  }
  if (isProgressing(deployment.status ?? {}, status)) {
    const progressing = state(true, 'ReplicaSetUpdated', 'is progressing.');
    return { ...status, conditions: renewCondition(conditions, progressing, facts.now) };
  }
  const deadline = deadlineOf(deployment, status);
  if (deadline !== undefined && deadline <= facts.now) {
    const timedOut = state(false, 'ProgressDeadlineExceeded', 'has timed out progressing.');
    return { ...status, conditions: setCondition(conditions, timedOut, facts.now) };
  }
  return status;
}
