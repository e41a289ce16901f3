import type { ImageRegistry } from '../imageRegistry';
import type { ContainerStatus, KubernetesObject, Pod } from '../model';
import { formatTime } from '../codec/timestamp';
import { resourceTypeOf } from '../resourceTypes';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import { keyOf, splitKey, writeStatus, type ControllerContext } from './ControllerContext';
import { advanceContainer } from './containerLife';
import { isFinishedPod } from './ownedPods';
import { podStatus, pullError, stepOf, type PodStep } from './podStatus';

/** How fast pods start and how pulls are repeated. */
export interface KubeletOptions {
  /** From the node's assignment to ready; also how long a pull takes to fail. */
  podStartMs: number;
  registry: ImageRegistry;
}

interface PodProgress {
  dueAt: number;
  /** Failed pulls so far. */
  pullCount: number;
}

/** The kubelet's image pull back-off: 10 s, doubled up to 5 min. */
const firstBackOffMs = 10_000;
const maxBackOffMs = 300_000;
/** After so many failed pulls the back-off grows no more. */
const maxPullCount = 5;

/** All nodes' kubelets: they start the pods that were given to their node and end those that are deleted. */
export class Kubelet implements Controller {
  readonly name = 'kubelet';
  private readonly progress = new Map<string, PodProgress>();

  constructor(
    private readonly context: ControllerContext,
    private readonly options: KubeletOptions,
  ) {}

  keysOf(change: Change): string[] {
    if (change.kind !== 'Pod') return [];
    if (change.type === 'DELETED') this.forget(change.object);
    return (change.object as Pod).spec.nodeName ? [keyOf(change.object)] : [];
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const pod = this.context.store.get('Pod', namespace, name);
    if (!pod?.spec.nodeName) return undefined;
    const step = stepOf(pod);
    const isStopping = pod.metadata.deletionTimestamp !== undefined;
    if (step === 'Running' && !isStopping) return this.tend(pod);

    const uid = `${pod.metadata.uid}${isStopping ? ' stopping' : ''}`;
    const now = this.context.clock.now();
    const progress = this.progress.get(uid) ?? (isStopping ? undefined : this.resume(uid, step));
    if (progress && now < progress.dueAt) return progress.dueAt - now;
    const pullCount = progress?.pullCount ?? 0;
    const delayMs = isStopping ? this.stop(pod, progress !== undefined) : this.advance(pod, step, pullCount);
    if (delayMs === undefined) {
      this.progress.delete(uid);
      return undefined;
    }
    this.progress.set(uid, { dueAt: now + delayMs, pullCount: step === 'ErrImagePull' ? pullCount + 1 : pullCount });
    return delayMs;
  }

  /** A pod that was found half-way, as after a restart, waits as if it had come here just now. */
  private resume(uid: string, step: PodStep | undefined): PodProgress | undefined {
    if (step === undefined) return undefined;
    const isBackingOff = step === 'ImagePullBackOff';
    const delayMs = isBackingOff ? maxBackOffMs : this.options.podStartMs;
    const progress = { dueAt: this.context.clock.now() + delayMs, pullCount: isBackingOff ? maxPullCount : 0 };
    this.progress.set(uid, progress);
    return progress;
  }

  private forget(pod: KubernetesObject): void {
    this.progress.delete(`${pod.metadata.uid}`);
    this.progress.delete(`${pod.metadata.uid} stopping`);
  }

  /** @returns when the next step is due, if there is one */
  private advance(pod: Pod, step: PodStep | undefined, pullCount: number): number | undefined {
    const { podStartMs, registry } = this.options;
    if (step === undefined) {
      this.report(pod, 'ContainerCreating');
      return podStartMs;
    }
    if (step === 'ErrImagePull') {
      this.report(pod, 'ImagePullBackOff');
      this.recordBackOff(pod);
      return Math.min(maxBackOffMs, firstBackOffMs * 2 ** pullCount);
    }
    const isHeld = pod.spec.containers.every(container => registry(container.image) !== undefined);
    this.recordPulls(pod, step);
    this.report(pod, isHeld ? 'Running' : 'ErrImagePull');
    return isHeld ? undefined : podStartMs;
  }

  /** Looks after the containers of a pod that was started. @returns when the next of them ends or comes back */
  private tend(pod: Pod): number | undefined {
    if (isFinishedPod(pod)) return undefined;
    const { registry, podStartMs } = this.options;
    const { name, namespace, uid } = pod.metadata;
    const nowMs = this.context.clock.now();
    const podLabel = `${name}_${namespace}(${uid})`;
    const before = pod.status.containerStatuses ?? [];
    const steps = before.map(status => {
      const container = pod.spec.containers.find(candidate => candidate.name === status.name);
      return advanceContainer(status, {
        behaviour: registry(status.image),
        restartPolicy: String(pod.spec.restartPolicy),
        nowMs,
        settleMs: podStartMs,
        hasReadinessProbe: container?.readinessProbe !== undefined,
        podLabel,
      });
    });
    const statuses = steps.map(step => step.status);
    for (const { status, event } of steps) if (event) this.recordRestart(pod, status, { event, podLabel });
    if (statuses.some((status, index) => status !== before[index])) this.report(pod, 'Running', statuses);
    const dueAtMs = Math.min(...steps.map(step => step.dueAtMs ?? Infinity));
    return dueAtMs === Infinity ? undefined : Math.max(0, dueAtMs - nowMs);
  }

  /** Ends a pod; it takes a third of the time of a start. */
  private stop(pod: Pod, isAnnounced: boolean): number | undefined {
    if (isAnnounced) {
      this.context.resources.delete(resourceTypeOf('Pod'), pod, { gracePeriodSeconds: 0 });
      return undefined;
    }
    for (const status of pod.status.containerStatuses ?? []) {
      if (status.state.running) this.record(pod, 'Normal', 'Killing', `Stopping container ${status.name}`);
    }
    return this.options.podStartMs / 3;
  }

  private report(pod: Pod, step: PodStep, statuses?: ContainerStatus[]): void {
    const node = this.context.store.get('Node', undefined, pod.spec.nodeName ?? '');
    const hostIp = node?.status?.addresses?.find(address => address.type === 'InternalIP')?.address ?? '10.0.0.1';
    const host = Math.floor(this.context.random.next() * 250) + 2;
    const facts = {
      now: formatTime(this.context.clock.now()),
      step,
      registry: this.options.registry,
      hostIp,
      podIp: pod.status.podIP ?? `10.42.${hostIp.split('.')[3]}.${host}`,
    };
    writeStatus(this.context, pod, podStatus(pod, facts, statuses));
  }

  private recordPulls(pod: Pod, step: PodStep): void {
    for (const { name, image } of pod.spec.containers) {
      this.record(pod, 'Normal', 'Pulling', `Pulling image "${image}"`);
      if (!this.options.registry(image)) {
        this.record(pod, 'Warning', 'Failed', `Failed to pull image "${image}": ${pullError(image)}`);
        this.record(pod, 'Warning', 'Failed', 'Error: ErrImagePull');
      } else if (step === 'ContainerCreating') {
        this.record(pod, 'Normal', 'Pulled', `Successfully pulled image "${image}"`);
        this.record(pod, 'Normal', 'Created', `Created container: ${name}`);
        this.record(pod, 'Normal', 'Started', `Started container ${name}`);
      }
    }
  }

  private recordRestart(pod: Pod, status: ContainerStatus, step: { event: 'restart' | 'backOff'; podLabel: string }) {
    const { name, image } = status;
    if (step.event === 'backOff') {
      this.record(pod, 'Warning', 'BackOff', `Back-off restarting failed container ${name} in pod ${step.podLabel}`);
      return;
    }
    this.record(pod, 'Normal', 'Pulled', `Container image "${image}" already present on machine`);
    this.record(pod, 'Normal', 'Created', `Created container: ${name}`);
    this.record(pod, 'Normal', 'Started', `Started container ${name}`);
  }

  private recordBackOff(pod: Pod): void {
    for (const { image } of pod.spec.containers.filter(container => !this.options.registry(container.image))) {
      this.record(pod, 'Normal', 'BackOff', `Back-off pulling image "${image}"`);
      this.record(pod, 'Warning', 'Failed', 'Error: ImagePullBackOff');
    }
  }

  private record(pod: Pod, type: 'Normal' | 'Warning', ...[reason, message]: [string, string]): void {
    const host = pod.spec.nodeName;
    this.context.events.record(pod, { type, reason, message, component: 'kubelet', host });
  }
}
