// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod
import type { Timer } from '../../core';
import type { Cluster } from '../Cluster';
import { badRequest } from '../codec/ApiError';
import { linesOf, type ContainerRun, type LogLine } from '../imageRegistry';
import type { ContainerStatus, Pod } from '../model';
import type { ApiRequest } from './ApiRequest';
import { requireObject } from './write';

/** Time between two looks for new lines of a log that is followed. */
const followIntervalMs = 250;

function requireContainer(pod: Pod, query: URLSearchParams): string {
  const names = pod.spec.containers.map(container => container.name);
  const asked = query.get('container');
  if (asked === null && names.length > 1) {
    const choice = `choose one of: [${names.join(' ')}]`;
    throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, ${choice}`);
  }
  const name = asked ?? names[0];
  if (!names.includes(name)) throw badRequest(`container ${name} is not valid for pod ${pod.metadata.name}`);
  return name;
}

/** Why there is no log yet, in the kubelet's words (kubelet_pods.go, validateContainerLogStatus). */
function waitingReason(status: ContainerStatus | undefined): string {
  const reason = status?.state.waiting?.reason ?? 'ContainerCreating';
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

/** The run whose log is asked for. @throws ApiError 400 when there has been none */
function runOf(pod: Pod, query: URLSearchParams, nowMs: number): { run: ContainerRun; image: string } {
  const container = requireContainer(pod, query);
  const status = pod.status.containerStatuses?.find(candidate => candidate.name === container);
  const isPrevious = query.get('previous') === 'true';
  const last = status?.lastState.terminated;
  const ended = isPrevious ? last : (status?.state.terminated ?? last);
  const running = isPrevious ? undefined : status?.state.running;
  const image = status?.image ?? '';
  if (running) {
    return { image, run: { startedMs: Date.parse(running.startedAt), untilMs: nowMs, hasEnded: false } };
  }
  if (ended) {
    const [startedMs, untilMs] = [Date.parse(ended.startedAt), Date.parse(ended.finishedAt)];
    return { image, run: { startedMs, untilMs, hasEnded: true } };
  }
  const { name } = pod.metadata;
  if (isPrevious) throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${waitingReason(status)}`);
}

/** The time before which lines are left out, in milliseconds since the epoch. */
function sinceMs(query: URLSearchParams, nowMs: number): number {
  const seconds = query.get('sinceSeconds');
  if (seconds !== null) return nowMs - Number(seconds) * 1_000;
  return Date.parse(query.get('sinceTime') ?? '') || 0;
}

/** One answer with a log: what there is and, when it is followed, what comes until the container ends. */
export class PodLog implements Disposable {
  private timer: Timer | undefined;
  /** How much may still be sent: `limitBytes`. */
  private leftBytes: number;

  private constructor(
    private readonly cluster: Cluster,
    private readonly request: ApiRequest,
  ) {
    this.leftBytes = Number(request.query.get('limitBytes') ?? Infinity);
  }

  /** @throws ApiError 400 when the container waits, has not run before or is not named */
  static open(cluster: Cluster, request: ApiRequest): PodLog {
    const log = new PodLog(cluster, request);
    log.start(requireObject(cluster, request) as Pod);
    return log;
  }

  [Symbol.dispose](): void {
    this.timer?.cancel();
    this.request.exchange.response.end();
  }

  private start(pod: Pod): void {
    const { query, exchange } = this.request;
    const { response } = exchange;
    // Without a node there is nobody to ask, and the answer is empty (registry/core/pod/strategy.go, LogLocation).
    const source = pod.spec.nodeName ? runOf(pod, query, this.cluster.clock.now()) : undefined;
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-cache, private' });
    response.flushHeaders();
    if (!source) return this[Symbol.dispose]();
    const { run, image } = source;
    const lines = this.linesOf(image, run);
    const from = sinceMs(query, this.cluster.clock.now());
    const recent = lines.filter(line => line.atMs >= from);
    const tail = query.get('tailLines');
    this.send(tail === null ? recent : recent.slice(Math.max(0, recent.length - Number(tail))));
    if (query.get('follow') !== 'true' || run.hasEnded || response.writableEnded) return this[Symbol.dispose]();
    response.on('close', () => this[Symbol.dispose]());
    this.timer = this.cluster.clock.setInterval(() => this.follow(run, image), followIntervalMs);
    return undefined;
  }

  private linesOf(image: string, run: ContainerRun): LogLine[] {
    const behaviour = this.cluster.registry(image);
    return behaviour ? linesOf(behaviour, run) : [];
  }

  /** Sends what has come since, and ends with the run. */
  private follow(run: ContainerRun, image: string): void {
    const { namespace, name = '' } = this.request;
    const pod = this.cluster.store.get('Pod', namespace, name);
    const container = pod && requireContainer(pod, this.request.query);
    const status = pod?.status.containerStatuses?.find(candidate => candidate.name === container);
    const isSame = (startedAt: string | undefined) => Date.parse(startedAt ?? '') === run.startedMs;
    const isRunning = isSame(status?.state.running?.startedAt);
    const ended = [status?.state.terminated, status?.lastState.terminated].find(state => isSame(state?.startedAt));
    const untilMs = ended ? Date.parse(ended.finishedAt) : this.cluster.clock.now();
    const { startedMs } = run;
    const whileRunning = this.linesOf(image, { startedMs, untilMs, hasEnded: false });
    const atTheEnd = ended
      ? this.linesOf(image, { startedMs, untilMs, hasEnded: true }).slice(whileRunning.length)
      : [];
    // The oldest lines are rotated away, so what is new is found by its time. The end's time is a whole second, and lines
    // of that second may have been sent already.
    this.send([...whileRunning.filter(line => line.atMs > run.untilMs), ...atTheEnd]);
    run.untilMs = untilMs;
    if (!isRunning) this[Symbol.dispose]();
  }

  private send(lines: LogLine[]): void {
    const hasStamps = this.request.query.get('timestamps') === 'true';
    const text = ({ atMs, text: line }: LogLine) =>
      hasStamps ? `${new Date(atMs).toISOString().replace('Z', '000000Z')} ${line}\n` : `${line}\n`;
    const bytes = Buffer.from(lines.map(text).join('')).subarray(0, this.leftBytes);
    this.leftBytes -= bytes.length;
    if (bytes.length > 0) this.request.exchange.response.write(bytes);
    if (this.leftBytes <= 0) this[Symbol.dispose]();
  }
}
