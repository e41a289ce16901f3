import { createHash } from 'node:crypto';
import { completeReference, type ImageRegistry } from '../imageRegistry';
import { restarts } from './containerLife';
import type { Condition, ContainerState, ContainerStatus, Pod, PodStatus } from '../model';

/** Where a pod stands on its way to running. */
export type PodStep = 'ContainerCreating' | 'ErrImagePull' | 'ImagePullBackOff' | 'Running';

/** What a pod's status is made from. */
export interface PodFacts {
  now: string;
  step: PodStep;
  registry: ImageRegistry;
  hostIp: string;
  podIp: string;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** containerd's words for an image that its registry does not have. */
export function pullError(image: string): string {
  const reference = completeReference(image);
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${reference}: not found`;
}

function waitingState(step: PodStep, image: string): ContainerState {
  if (step === 'ErrImagePull') return { waiting: { reason: step, message: pullError(image) } };
  if (step === 'ImagePullBackOff') {
    const message = `Back-off pulling image "${image}": ErrImagePull: ${pullError(image)}`;
    return { waiting: { reason: step, message } };
  }
  return { waiting: { reason: 'ContainerCreating' } };
}

function containerStatuses(pod: Pod, facts: PodFacts): ContainerStatus[] {
  return pod.spec.containers.map(container => {
    const { name, image, readinessProbe } = container;
    const isRunning = facts.step !== 'ContainerCreating' && facts.registry(image) !== undefined;
    const before = pod.status.containerStatuses?.find(status => status.name === name)?.state;
    const running: ContainerState = before?.running ? before : { running: { startedAt: facts.now } };
    return {
      name,
      image,
      imageID: isRunning ? `${completeReference(image).replace(/:[^:/]+$/, '')}@sha256:${digest(image)}` : '',
      ...(isRunning && { containerID: `containerd://${digest(`${pod.metadata.uid}${name}`)}` }),
      // What ends by itself does not live to answer its probe.
      ready: isRunning && !(readinessProbe && facts.registry(image)?.exit),
      started: isRunning,
      restartCount: 0,
      state: isRunning ? running : waitingState(facts.step, image),
      lastState: {},
    };
  });
}

function unreadyReason(unready: string[]) {
  return { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
}

function podConditions(pod: Pod, readiness: { isReady: boolean; why: object }, facts: PodFacts): Condition[] {
  const isCreated = facts.step !== 'ContainerCreating';
  const condition = (type: string, isTrue: boolean, why?: object): Condition => {
    const status = isTrue ? 'True' : 'False';
    const before = pod.status.conditions?.find(other => other.type === type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : facts.now;
    return { type, status, lastTransitionTime, ...(isTrue ? {} : why) };
  };
  return [
    condition('PodReadyToStartContainers', isCreated),
    condition('Initialized', true),
    condition('Ready', readiness.isReady, readiness.why),
    condition('ContainersReady', readiness.isReady, readiness.why),
    condition('PodScheduled', true),
  ];
}

function phaseOf(statuses: ContainerStatus[], restartPolicy: string): PodStatus['phase'] {
  const ends = statuses.map(status => status.state.terminated);
  if (ends.every(end => end && !restarts(restartPolicy, end.exitCode))) {
    return ends.every(end => end?.exitCode === 0) ? 'Succeeded' : 'Failed';
  }
  return statuses.some(status => status.state.waiting && !status.lastState.terminated) ? 'Pending' : 'Running';
}

/**
 * The status that a kubelet would report.
 * @param statuses - of the containers; as the step says when left out
 */
export function podStatus(pod: Pod, facts: PodFacts, statuses = containerStatuses(pod, facts)): PodStatus {
  const unready = statuses.filter(status => !status.ready).map(status => status.name);
  const hasIp = facts.step !== 'ContainerCreating';
  const phase = phaseOf(statuses, String(pod.spec.restartPolicy));
  const finished = { Succeeded: { reason: 'PodCompleted' }, Failed: { reason: 'PodFailed' } };
  const why = phase === 'Succeeded' || phase === 'Failed' ? finished[phase] : unreadyReason(unready);
  return {
    phase,
    conditions: podConditions(pod, { isReady: unready.length === 0, why }, facts),
    hostIP: facts.hostIp,
    hostIPs: [{ ip: facts.hostIp }],
    ...(hasIp && { podIP: facts.podIp, podIPs: [{ ip: facts.podIp }] }),
    startTime: pod.status.startTime ?? facts.now,
    containerStatuses: statuses,
    qosClass: 'Burstable',
  };
}

/** The step that a status shows, or undefined when the kubelet has not begun. */
export function stepOf(pod: Pod): PodStep | undefined {
  const statuses = pod.status.containerStatuses;
  if (!statuses) return undefined;
  const waiting = statuses
    .map(status => status.state.waiting?.reason)
    .find(reason => reason !== undefined && reason !== 'CrashLoopBackOff');
  return waiting === undefined ? 'Running' : (waiting as PodStep);
}

/** The Ready condition if it is true. */
export function readyCondition(pod: Pod): Condition | undefined {
  return pod.status.conditions?.find(condition => condition.type === 'Ready' && condition.status === 'True');
}

/** Does the pod take requests? */
export function isReady(pod: Pod): boolean {
  return readyCondition(pod) !== undefined;
}
