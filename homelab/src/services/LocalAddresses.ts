import { FaultPlan, Listener, RequestJournal, type Clock, type Exchange } from '../core';
import { ApiError } from '../kubernetes/codec/ApiError';
import type { KubernetesObject, Service } from '../kubernetes/model';
import type { Change, ObjectStore } from '../kubernetes/state/ObjectStore';
import type { Resources } from '../kubernetes/state/Resources';
import type { ServiceNetwork } from './ServiceNetwork';

/** Says where a service of a homelab cluster can be opened on this machine. */
export const localAddressAnnotation = 'homelab.leitstand.io/local-address';

/** What the addresses lead to. */
export interface LocalAddressesOptions {
  store: ObjectStore;
  resources: Resources;
  clock: Clock;
  network: ServiceNetwork;
}

function isExternal(service: KubernetesObject): boolean {
  return ['NodePort', 'LoadBalancer'].includes((service as Service).spec.type);
}

function fail({ response }: Exchange, status: number, message = 'internal error'): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${message}\n`);
}

/** Gives each NodePort and LoadBalancer service a port on loopback, for as long as it is there. */
export class LocalAddresses implements AsyncDisposable {
  private readonly listeners = new Map<string, Promise<Listener>>();
  private readonly changes = new Set<Promise<void>>();
  private readonly subscription: Disposable;

  private constructor(private readonly options: LocalAddressesOptions) {
    this.subscription = options.store.subscribe(change => this.onChange(change));
  }

  /** Opens those of the services that are there. @throws the system's error when it gives no port */
  static async open(options: LocalAddressesOptions): Promise<LocalAddresses> {
    const addresses = new LocalAddresses(options);
    for (const service of options.store.list('Service').filter(isExternal)) addresses.add(service);
    await Promise.all(addresses.changes);
    return addresses;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.subscription[Symbol.dispose]();
    await Promise.all(this.changes);
    await Promise.all([...this.listeners.values()].map(async listener => (await listener).close()));
  }

  private onChange({ kind, type, object }: Change): void {
    if (kind !== 'Service') return;
    if (type !== 'DELETED' && isExternal(object)) this.add(object);
    else this.remove(object);
  }

  private add(service: KubernetesObject): void {
    const { uid = '', namespace = '', name } = service.metadata;
    if (this.listeners.has(uid)) return;
    const listener = this.listen(namespace, name);
    this.listeners.set(uid, listener);
    this.track(listener.then(({ url }) => this.announce(namespace, name, url)));
  }

  private remove(service: KubernetesObject): void {
    const { uid = '' } = service.metadata;
    const listener = this.listeners.get(uid);
    if (!listener) return;
    this.listeners.delete(uid);
    this.track(listener.then(open => open.close()));
  }

  private track(change: Promise<void>): void {
    const tracked = change.finally(() => this.changes.delete(tracked));
    this.changes.add(tracked);
  }

  private listen(namespace: string, service: string): Promise<Listener> {
    const { clock, network } = this.options;
    return Listener.start({
      clock,
      faults: new FaultPlan(),
      journal: new RequestJournal(0),
      fail,
      handle: async exchange => {
        try {
          await network.forward(exchange, { namespace, service }, exchange.url.pathname);
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          fail(exchange, error.options.code, error.message);
        }
      },
    });
  }

  private announce(namespace: string, name: string, url: string): void {
    const live = this.options.store.get('Service', namespace, name);
    if (!live) return;
    const annotations = { ...live.metadata.annotations, [localAddressAnnotation]: url };
    const next = { ...live, metadata: { ...live.metadata, annotations } };
    this.options.resources.update(live, next, { manager: 'homelab' });
  }
}
