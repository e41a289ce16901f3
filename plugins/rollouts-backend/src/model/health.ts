import type { Health, HealthState } from '@leitstand/plugin-rollouts-common';
import type { Condition, Deployment, KubernetesPod } from './kubernetesObjects';
import { podProblemOf, type PodProblem } from './podProblem';

/** Worst first; the order of lists. */
export const healthOrder: readonly HealthState[] = [
  'failed',
  'degraded',
  'progressing',
  'paused',
  'scaled-to-zero',
  'healthy',
];

/** Whether a person should look at it. */
export function isProblem(health: Health): boolean {
  return health.state === 'failed' || health.state === 'degraded';
}

interface PodTrouble extends PodProblem {
  pod: string;
  since: string;
}

/** What is true of a Deployment with these pods, in words; the worst that applies. */
export function healthOf(deployment: Deployment, pods: readonly KubernetesPod[]): Health {
  const trouble = worstTrouble(pods);
  return (
    stalledHealth(deployment, trouble) ??
    scaledToZeroHealth(deployment) ??
    troubledHealth(deployment, trouble) ??
    pausedHealth(deployment) ??
    progressingHealth(deployment) ??
    unavailableHealth(deployment) ?? {
      state: 'healthy',
      message: `All ${countOf(deployment.spec.replicas, 'replica')} are available.`,
      ...sinceOf(conditionOf(deployment, 'Available')),
    }
  );
}

function stalledHealth(deployment: Deployment, trouble: PodTrouble | undefined): Health | undefined {
  const progressing = conditionOf(deployment, 'Progressing');
  if (progressing?.reason !== 'ProgressDeadlineExceeded' || !isObserved(deployment)) return undefined;
  const deadline = deployment.spec.progressDeadlineSeconds;
  const sentences = [
    `The rollout made no progress${deadline ? ` for ${deadline} s` : ''}.`,
    ...(trouble ? [explain(trouble)] : []),
    `${servingOf(deployment)}.`,
  ];
  return {
    state: 'failed',
    message: sentences.join(' '),
    advice: trouble
      ? `${adviceOf(trouble)} Or roll back to the revision before.`
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
    message: `${explain(trouble)} ${servingOf(deployment)}.`,
    advice: adviceOf(trouble),
    reason: trouble.reason,
    since: trouble.since,
  };
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

function worstTrouble(pods: readonly KubernetesPod[]): PodTrouble | undefined {
  const troubles = pods.flatMap(pod => {
    const problem = podProblemOf(pod);
    return problem ? [{ ...problem, pod: pod.metadata.name, since: pod.metadata.creationTimestamp }] : [];
  });
  return troubles.sort((a, b) => a.since.localeCompare(b.since) || a.pod.localeCompare(b.pod))[0];
}

function explain(trouble: PodTrouble): string {
  switch (trouble.reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
      return `The image ${trouble.image} of container ${trouble.container} cannot be pulled (pod ${trouble.pod}).`;
    case 'CrashLoopBackOff':
      return `Container ${trouble.container} crashes again and again (pod ${trouble.pod}).`;
    case 'OOMKilled':
      return `Container ${trouble.container} used more memory than it may and was killed (pod ${trouble.pod}).`;
    case 'CreateContainerConfigError':
      return `Container ${trouble.container} cannot be created: its configuration is incomplete (pod ${trouble.pod}).`;
    case 'Unschedulable':
      return `No node has room for pod ${trouble.pod}.`;
    default:
      return `Pod ${trouble.pod} is not well: ${trouble.reason}.`;
  }
}

function adviceOf(trouble: PodTrouble): string {
  switch (trouble.reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
      return 'Check that this image and tag exist, and that the cluster may pull them.';
    case 'CrashLoopBackOff':
      return 'Read the log of its last run.';
    case 'OOMKilled':
      return 'Raise its memory limit, or find what uses the memory.';
    case 'CreateContainerConfigError':
      return 'Check that the ConfigMaps and Secrets that it names exist.';
    case 'Unschedulable':
      return 'Lower what it requests, or add a node.';
    default:
      return 'Look at the events of the pod.';
  }
}

function servingOf(deployment: Deployment): string {
  const { replicas } = deployment.spec;
  const verb = replicas === 1 ? 'is' : 'are';
  return `${deployment.status.availableReplicas} of ${countOf(replicas, 'replica')} ${verb} available`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
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
