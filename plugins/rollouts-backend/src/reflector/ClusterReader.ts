import type { KubernetesClient, ResourceType } from '../client/KubernetesClient';
import {
  controllerUidOf,
  deploymentType,
  eventType,
  podType,
  replicaSetType,
  type Deployment,
  type KubernetesEvent,
  type KubernetesPod,
  type ReplicaSet,
} from '../model/kubernetesObjects';
import { ObjectIndex } from './ObjectIndex';
import { Reflector, type ReflectorOptions } from './Reflector';

/** How the reflectors of a cluster behave. */
export type ClusterReaderOptions = Omit<ReflectorOptions<never>, 'client' | 'type' | 'selection'>;

/** What is known of the workloads of one cluster, shared by everybody who reads it in this process. */
export class ClusterReader {
  readonly name: string;
  readonly deployments: Reflector<Deployment>;
  readonly replicaSets: Reflector<ReplicaSet>;
  readonly pods: Reflector<KubernetesPod>;
  readonly events: Reflector<KubernetesEvent>;
  readonly deploymentsByPlace: ObjectIndex<Deployment>;
  readonly replicaSetsByOwner: ObjectIndex<ReplicaSet>;
  readonly podsByOwner: ObjectIndex<KubernetesPod>;
  readonly eventsByObject: ObjectIndex<KubernetesEvent>;
  readonly #client: KubernetesClient;

  constructor(client: KubernetesClient, options: ClusterReaderOptions = {}) {
    const reflect = <TObject extends { metadata: { uid: string } }>(type: ResourceType<TObject>) =>
      new Reflector<TObject>({ ...options, client, type });
    this.#client = client;
    this.name = client.cluster;
    this.deployments = reflect(deploymentType);
    this.replicaSets = reflect(replicaSetType);
    this.pods = reflect(podType);
    this.events = reflect(eventType);
    this.deploymentsByPlace = new ObjectIndex(this.deployments, ({ metadata }) => placeOf(metadata));
    this.replicaSetsByOwner = new ObjectIndex(this.replicaSets, controllerUidOf);
    this.podsByOwner = new ObjectIndex(this.pods, controllerUidOf);
    this.eventsByObject = new ObjectIndex(this.events, event => event.involvedObject.uid);
  }

  /** All four reflectors. */
  get reflectors() {
    return [this.deployments, this.replicaSets, this.pods, this.events];
  }

  /** Becomes a reader of everything until the lease is disposed. */
  acquire(): Disposable {
    const leases = this.reflectors.map(reflector => reflector.acquire());
    return { [Symbol.dispose]: () => leases.forEach(lease => lease[Symbol.dispose]()) };
  }

  /** Resolves as soon as each type was read once or failed to. */
  async settled(signal: AbortSignal): Promise<void> {
    await Promise.all(this.reflectors.map(reflector => reflector.settled(signal)));
  }

  /** Calls back after each change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    const stops = this.reflectors.map(reflector => reflector.onChange(listener));
    return () => stops.forEach(stop => stop());
  }

  findDeployment(namespace: string, name: string): Deployment | undefined {
    return this.deploymentsByPlace.get(placeOf({ namespace, name }))[0];
  }

  /** Ends everything that runs; resolves when it has. */
  async close(): Promise<void> {
    this.#client.close();
    await Promise.all(this.reflectors.map(reflector => reflector.close()));
  }
}

function placeOf(metadata: { namespace: string; name: string }): string {
  return `${metadata.namespace}/${metadata.name}`;
}
