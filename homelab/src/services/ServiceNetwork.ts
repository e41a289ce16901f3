import type { Clock, Exchange } from '../core';
import { ApiError, notFound } from '../kubernetes/codec/ApiError';
import { isReady } from '../kubernetes/controllers/podStatus';
import type { ServiceProxy, ServiceProxyTarget } from '../kubernetes/handlers/serviceProxy';
import { completeReference } from '../kubernetes/imageRegistry';
import type { Pod } from '../kubernetes/model';
import { resourceTypeOf } from '../kubernetes/resourceTypes';
import type { Change, ObjectStore } from '../kubernetes/state/ObjectStore';
import { idleUsage, type UsageSource } from '../kubernetes/usage';
import { forward } from './forward';
import { imageServices } from './imageServices';
import type { ImageService, ServiceReply } from './ImageService';
import { PodServer } from './PodServer';
import type { BigQueryAccess } from './predictWithBigQuery';

/** A service and one of its ports, by name or number. */
type ServiceReference = Omit<ServiceProxyTarget, 'path'>;

const maxMillicores = 1_000;
const mebibyte = 1024 * 1024;
const services = new Map<string, ImageService>(imageServices.map(service => [service.repository, service]));

function serviceOf(image: string): { service: ImageService | undefined; tag: string } {
  const [, repository = '', tag = ''] = /^(.*):([^:/]+)$/.exec(completeReference(image)) ?? [];
  return { service: services.get(repository), tag };
}

function isServing(pod: Pod): boolean {
  return isReady(pod) && !pod.metadata.deletionTimestamp;
}

function unavailable(message: string): ApiError {
  return new ApiError(message, { code: 503, reason: 'ServiceUnavailable' });
}

/** What the pods of a cluster answer, and the way to them through services, which choose among ready pods in turn. */
export class ServiceNetwork implements AsyncDisposable {
  private readonly servers = new Map<string, PodServer>();
  private readonly closing = new Set<Promise<void>>();
  private readonly turns = new Map<string, number>();
  private readonly state = new Map<string, unknown>();
  private readonly subscription: Disposable;

  constructor(
    private readonly store: ObjectStore,
    private readonly clock: Clock,
    private readonly bigQuery?: BigQueryAccess,
  ) {
    this.subscription = store.subscribe(change => this.onChange(change));
  }

  /** Answers through the API server. @throws ApiError 404 or 503 in the words of Kubernetes */
  readonly proxy: ServiceProxy = (exchange, { path, ...target }) => this.forward(exchange, target, path);

  /** What containers of seeded images use under the load that they have; undefined for others. */
  readonly usage: UsageSource = (container, pod) => {
    const { service } = serviceOf(container.image);
    const load = this.servers.get(pod.metadata.uid ?? '')?.load;
    if (!service || !load) return undefined;
    const { cpuMillicores, memoryBytes } = idleUsage(container);
    return {
      cpuMillicores: Math.round(cpuMillicores + Math.min(maxMillicores, load.requestsPerSecond * service.cpuMs)),
      memoryBytes: memoryBytes + load.inFlightCount * mebibyte,
    };
  };

  /** Number of pods that have a port of their own. */
  get listeningPodCount(): number {
    return this.servers.size;
  }

  /** Hands a request on to a ready pod of a service. @throws ApiError 404 or 503 */
  async forward(exchange: Exchange, reference: ServiceReference, path: string): Promise<void> {
    const address = await this.addressOf(reference);
    try {
      await forward(exchange, new URL(`${path}${exchange.url.search}`, address));
    } catch (cause) {
      throw unavailable(`error trying to reach service: ${(cause as NodeJS.ErrnoException).code}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.subscription[Symbol.dispose]();
    for (const uid of this.servers.keys()) this.end(uid);
    await Promise.all(this.closing);
  }

  private onChange({ kind, type, object }: Change): void {
    if (kind !== 'Pod') return;
    if (type === 'DELETED' || !isServing(object as Pod)) this.end(object.metadata.uid ?? '');
  }

  private end(uid: string): void {
    const server = this.servers.get(uid);
    if (!server) return;
    this.servers.delete(uid);
    const closed = server[Symbol.asyncDispose]().finally(() => this.closing.delete(closed));
    this.closing.add(closed);
  }

  private async addressOf({ namespace, service: name, port }: ServiceReference): Promise<string> {
    const service = this.store.get('Service', namespace, name);
    if (!service) throw notFound(resourceTypeOf('Service'), name);
    const { ports = [] } = service.spec;
    const isKnown = port === undefined || ports.some(known => known.name === port || String(known.port) === port);
    if (!isKnown) throw unavailable(`no service port "${port}" found for service "${name}"`);
    const subsets = this.store.get('Endpoints', namespace, name)?.subsets ?? [];
    const pods = subsets
      .flatMap(subset => subset.addresses ?? [])
      .map(address => this.store.get('Pod', namespace, address.targetRef?.name ?? ''))
      .filter(pod => pod !== undefined && isServing(pod)) as Pod[];
    if (pods.length === 0) throw unavailable(`no endpoints available for service "${name}"`);
    const turn = this.turns.get(`${namespace}/${name}`) ?? 0;
    this.turns.set(`${namespace}/${name}`, turn + 1);
    return this.serverOf(pods[turn % pods.length]).listen();
  }

  /** @throws ApiError 503 when the pod's image speaks no HTTP */
  private serverOf(pod: Pod): PodServer {
    const { uid = '', name, namespace = '' } = pod.metadata;
    const running = this.servers.get(uid);
    if (running) return running;
    const { service, tag } = pod.spec.containers.map(container => serviceOf(container.image))[0];
    if (!service) throw unavailable(`error trying to reach service: dial tcp ${pod.status.podIP}: connection refused`);
    const server = new PodServer({
      service,
      tag,
      podName: name,
      bigQuery: this.bigQuery,
      clock: this.clock,
      shared: (key, create) => this.shared(`${namespace}/${key}`, create),
      call: (reference, path) => this.call(namespace, reference, path),
    });
    this.servers.set(uid, server);
    return server;
  }

  private shared<T>(key: string, create: () => T): T {
    if (!this.state.has(key)) this.state.set(key, create());
    return this.state.get(key) as T;
  }

  private async call(namespace: string, reference: string, path: string): Promise<ServiceReply> {
    const [service, port] = reference.split(':');
    let address: string;
    try {
      address = await this.addressOf({ namespace, service, port });
    } catch (error) {
      if (error instanceof ApiError) return { status: 502, body: { error: `${service} cannot be reached` } };
      throw error;
    }
    const answer = await fetch(new URL(path, address), { headers: { connection: 'close' } });
    const contentType = answer.headers.get('content-type') ?? undefined;
    return { status: answer.status, contentType, body: await answer.text() };
  }
}
