import { createHash } from 'node:crypto';
import { completeReference, type ImageRegistry } from '../imageRegistry';
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
  return pod.spec.containers.map(({ name, image }) => {
    const isRunning = facts.step !== 'ContainerCreating' && facts.registry(image) !== undefined;
    const before = pod.status.containerStatuses?.find(status => status.name === name)?.state;
    const running: ContainerState = before?.running ? before : { running: { startedAt: facts.now } };
    return {
      name,
      image,
      imageID: isRunning ? `${completeReference(image).replace(/:[^:/]+$/, '')}@sha256:${digest(image)}` : '',
      ...(isRunning && { containerID: `containerd://${digest(`${pod.metadata.uid}${name}`)}` }),
      ready: isRunning,
      started: isRunning,
      restartCount: 0,
      state: isRunning ? running : waitingState(facts.step, image),
      lastState: {},
    };
  });
}

function podConditions(pod: Pod, unready: string[], facts: PodFacts): Condition[] {
  const isCreated = facts.step !== 'ContainerCreating';
  const notReady = {
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${unready.join(' ')}]`,
  };
  const condition = (type: string, isTrue: boolean, why?: object): Condition => {
    const status = isTrue ? 'True' : 'False';
    const before = pod.status.conditions?.find(other => other.type === type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : facts.now;
    return { type, status, lastTransitionTime, ...(isTrue ? {} : why) };
  };
  return [
    condition('PodReadyToStartContainers', isCreated),
    condition('Initialized', true),
    condition('Ready', unready.length === 0, notReady),
    condition('ContainersReady', unready.length === 0, notReady),
    condition('PodScheduled', true),
  ];
}

/** The status that a kubelet would report. */
export function podStatus(pod: Pod, facts: PodFacts): PodStatus {
  const statuses = containerStatuses(pod, facts);
  const unready = statuses.filter(status => !status.ready).map(status => status.name);
  const hasIp = facts.step !== 'ContainerCreating';
  return {
    phase: unready.length === 0 ? 'Running' : 'Pending',
    conditions: podConditions(pod, unready, facts),
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
  const waiting = statuses.map(status => status.state.waiting?.reason).find(reason => reason !== undefined);
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
