import type { Health } from '@leitstand/plugin-rollouts-common';
import type { Condition, Deployment, KubernetesPod } from './kubernetesObjects';
import { explainTrouble, presentPods, troubleAdvice, worstTrouble, type PodTrouble } from './podTrouble';
import { refusedPodsOf } from './refusedPods';
import { allOf, countOf } from './words';

/** What is true of a Deployment with these pods, in words; the worst that applies. */
export function deploymentHealth(deployment: Deployment, pods: readonly KubernetesPod[]): Health {
  const trouble = worstTrouble(presentPods(pods));
  return (
    stalledHealth(deployment, trouble) ??
    scaledToZeroHealth(deployment) ??
    troubledHealth(deployment, trouble) ??
    refusedHealth(deployment) ??
    pausedHealth(deployment) ??
    progressingHealth(deployment) ??
    unavailableHealth(deployment) ?? {
      state: 'healthy',
      message: `${allOf(deployment.spec.replicas, 'replica')} available.`,
      ...healthySince(deployment),
    }
  );
}

/** While pods are replaced one by one it stays available: what it runs now is healthy from the end of the rollout. */
function healthySince(deployment: Deployment): { since?: string } {
  const rollout = conditionOf(deployment, 'Progressing');
  const times = [
    conditionOf(deployment, 'Available')?.lastTransitionTime,
    rollout?.reason === 'NewReplicaSetAvailable' ? rollout.lastUpdateTime : undefined,
  ].filter(time => time !== undefined);
  return times.length === 0 ? {} : { since: times.reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b)) };
}

function stalledHealth(deployment: Deployment, trouble: PodTrouble | undefined): Health | undefined {
  const progressing = conditionOf(deployment, 'Progressing');
  if (progressing?.reason !== 'ProgressDeadlineExceeded' || !isObserved(deployment)) return undefined;
  const deadline = deployment.spec.progressDeadlineSeconds;
  const sentences = [
    `The rollout made no progress${deadline ? ` for ${deadline} s` : ''}.`,
    ...(trouble ? [explainTrouble(trouble)] : refusalOf(deployment)),
    `${servingOf(deployment)}.`,
  ];
  return {
    state: 'failed',
    message: sentences.join(' '),
    advice: trouble
      ? `${troubleAdvice(trouble)} Or roll back to the revision before.`
      : 'Look at the events and the new pods, or roll back to the revision before.',
    reason: trouble?.reason ?? progressing.reason,
    ...sinceOf(progressing),
  };
}

function scaledToZeroHealth(deployment: Deployment): Health | undefined {
  if (deployment.spec.replicas !== 0) return undefined;
  return {
    state: 'scaled-to-zero',
    message: 'It is scaled to zero: nothing runs, and nothing should.',
    ...sinceOf(conditionOf(deployment, 'Available')),
  };
}

function troubledHealth(deployment: Deployment, trouble: PodTrouble | undefined): Health | undefined {
  if (!trouble) return undefined;
  const isDown = deployment.status.availableReplicas === 0;
  return {
    state: isDown ? 'failed' : 'degraded',
    message: `${explainTrouble(trouble)} ${servingOf(deployment)}.`,
    advice: troubleAdvice(trouble),
    reason: trouble.reason,
    since: trouble.since,
  };
}

/** Pods that the cluster does not let be: a quota, an admission rule. There is no pod that could say so. */
function refusedHealth(deployment: Deployment): Health | undefined {
  const [refusal] = refusalOf(deployment);
  if (!refusal) return undefined;
  return {
    state: deployment.status.availableReplicas === 0 ? 'failed' : 'degraded',
    message: `${refusal} ${servingOf(deployment)}.`,
    advice: 'Change what it asks for, or talk to those who made the rule.',
    reason: 'FailedCreate',
    ...sinceOf(conditionOf(deployment, 'ReplicaFailure')),
  };
}

function refusalOf(deployment: Deployment): string[] {
  const why = refusedPodsOf(deployment);
  return why === undefined ? [] : [`The cluster refuses to make its pods: ${why}.`];
}

function pausedHealth(deployment: Deployment): Health | undefined {
  if (!deployment.spec.paused) return undefined;
  return {
    state: 'paused',
    message: `Its rollouts are paused; ${servingOf(deployment)}.`,
    advice: 'Resume it to let changes through.',
    reason: 'DeploymentPaused',
    ...sinceOf(conditionOf(deployment, 'Progressing')),
  };
}

function progressingHealth(deployment: Deployment): Health | undefined {
  const { spec, status } = deployment;
  const isRollingOut =
    !isObserved(deployment) || status.updatedReplicas < spec.replicas || status.replicas > status.updatedReplicas;
  const condition = conditionOf(deployment, 'Progressing');
  const isWaitingForPods = status.availableReplicas < spec.replicas && condition?.reason === 'ReplicaSetUpdated';
  if (!isRollingOut && !isWaitingForPods) return undefined;
  return {
    state: 'progressing',
    message: `A rollout is under way: ${status.updatedReplicas} of ${countOf(spec.replicas, 'replica')} updated, ${status.availableReplicas} available.`,
    reason: condition?.reason,
    ...sinceOf(condition),
  };
}

function unavailableHealth(deployment: Deployment): Health | undefined {
  const { spec, status } = deployment;
  if (status.availableReplicas >= spec.replicas) return undefined;
  const condition = conditionOf(deployment, 'Available');
  return {
    state: status.availableReplicas === 0 ? 'failed' : 'degraded',
    message: `${servingOf(deployment)}.`,
    advice: 'Look at the readiness probes and at the events of the pods that are not ready.',
    reason: condition?.reason || undefined,
    ...sinceOf(condition),
  };
}

function servingOf(deployment: Deployment): string {
  const { replicas } = deployment.spec;
  const verb = replicas === 1 ? 'is' : 'are';
  return `${deployment.status.availableReplicas} of ${countOf(replicas, 'replica')} ${verb} available`;
}

/** Whether the status speaks of the present specification. */
function isObserved(deployment: Deployment): boolean {
  return deployment.metadata.generation <= deployment.status.observedGeneration;
}

function conditionOf(deployment: Deployment, type: string): Condition | undefined {
  return deployment.status.conditions.find(condition => condition.type === type);
}

function sinceOf(condition: Condition | undefined): { since?: string } {
  return condition?.lastTransitionTime ? { since: condition.lastTransitionTime } : {};
}
