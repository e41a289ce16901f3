import type { Cluster } from './Cluster';
import { notFound } from './codec/ApiError';
import type { Change } from './state/ObjectStore';
import type { Kind, KindMap, KubernetesObject } from './model';

const manager = 'homelab';

/** The cluster's objects for tests and scenarios: acts as the API does with all rights, and controllers react. */
export class ClusterObjects {
  constructor(private readonly cluster: Cluster) {}

  /** @param namespace - empty or undefined for kinds without one */
  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): KindMap[K] | undefined {
    const { isNamespaced } = this.cluster.store.typeOf(kind);
    return this.cluster.store.get(kind, isNamespaced ? namespace : undefined, name);
  }

  /** Of one namespace, or of all. */
  list<K extends Kind>(kind: K, namespace?: string): KindMap[K][] {
    return this.cluster.store.list(kind, this.cluster.store.typeOf(kind).isNamespaced ? namespace : undefined);
  }

  /** @throws ApiError as the API would answer */
  create<T extends KubernetesObject>(object: T): T {
    return this.cluster.resources.create(this.cluster.store.typeOf(object.kind), object, { manager }) as T;
  }

  /** Replaces an object, and its status if it brings one. @throws ApiError 404, 409 or 422 */
  replace<T extends KubernetesObject>(object: T): T {
    const live = this.require(object.kind as Kind, object.metadata.namespace, object.metadata.name);
    const next = this.cluster.resources.update(live, object, { manager });
    if (object.status === undefined) return next as T;
    const withVersion = { ...next, status: object.status };
    return this.cluster.resources.update(next, withVersion, { manager, subresource: 'status' }) as T;
  }

  /** Deletes with background cascade. @throws ApiError 404 */
  delete(kind: Kind, namespace: string | undefined, name: string): void {
    this.cluster.resources.delete(this.cluster.store.typeOf(kind), this.require(kind, namespace, name));
  }

  /** Hears of every change from now on. */
  onChange(listener: (change: Change) => void): Disposable {
    return this.cluster.store.subscribe(listener);
  }

  private require(kind: Kind, namespace: string | undefined, name: string): KubernetesObject {
    const object = this.get(kind, namespace, name);
    if (!object) throw notFound(this.cluster.store.typeOf(kind), name);
    return object;
  }
}
