import { Store } from '../../core';
import { isEqual } from '../codec/json';
import { customResourceType } from '../customResources';
import type { Kind, KindMap, KubernetesObject } from '../model';
import { resourceTypeOf, resourceTypes, type ResourceType } from '../resourceTypes';

/** One step of the cluster's history. Objects are never changed in place. */
export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  kind: Kind;
  /** For a deletion the last state, with the resource version of the deletion. */
  object: KubernetesObject;
  previous?: KubernetesObject;
  resourceVersion: number;
}

/** Everything that outlives a restart of the homelab; plain JSON. */
export interface Snapshot {
  format: 1;
  resourceVersion: number;
  objects: KubernetesObject[];
}

/** Changes that a watch can go back to, by default; the API server keeps its own for about five minutes. */
const defaultHistoryCount = 5_000;

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** The cluster's objects, its resource version, and as much of its history as watches may resume from. */
export class ObjectStore {
  private readonly store = new Store<Record<string, KubernetesObject>>();
  private readonly byUid = new Map<string, KubernetesObject>();
  /** Objects by the uid of each of their owners, so that nobody has to look through everything. */
  private readonly dependentsByOwner = new Map<string, Map<string, KubernetesObject>>();
  private readonly listeners = new Set<(change: Change) => void>();
  private history: Change[] = [];
  private version = 1000;
  /** Changes up to this version are forgotten. */
  private compactedVersion = this.version;

  constructor(private readonly historyCount: number = defaultHistoryCount) {}

  get resourceVersion(): number {
    return this.version;
  }

  /** Everything that the cluster models, what definitions have added included. */
  get types(): readonly ResourceType[] {
    const custom = this.list('CustomResourceDefinition').flatMap(definition => customResourceType(definition) ?? []);
    return custom.length > 0 ? [...resourceTypes, ...custom] : resourceTypes;
  }

  /** @throws Error when the kind is not modelled */
  typeOf(kind: string): ResourceType {
    return resourceTypeOf(kind, () => this.types);
  }

  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): KindMap[K] | undefined {
    return this.store.collection(kind).get(keyOf(namespace, name)) as KindMap[K] | undefined;
  }

  /** In no special order; of one namespace, or of all. */
  list<K extends Kind>(kind: K, namespace?: string): KindMap[K][] {
    const all = [...this.store.collection(kind).values()] as KindMap[K][];
    return namespace ? all.filter(object => object.metadata.namespace === namespace) : all;
  }

  findByUid(uid: string): KubernetesObject | undefined {
    return this.byUid.get(uid);
  }

  /** What names this uid among its owners. */
  dependentsOf(uid: string): KubernetesObject[] {
    return [...(this.dependentsByOwner.get(uid)?.values() ?? [])];
  }

  /** Stores an object under the next resource version and tells everyone who listens. */
  put(type: ResourceType, object: KubernetesObject): KubernetesObject {
    const { namespace, name } = object.metadata;
    const previous = this.get(type.kind, namespace, name);
    const stored = this.stamp(object);
    this.keep(stored, previous);
    this.publish({
      type: previous ? 'MODIFIED' : 'ADDED',
      kind: type.kind,
      object: stored,
      previous,
      resourceVersion: this.version,
    });
    return stored;
  }

  remove(type: ResourceType, object: KubernetesObject): KubernetesObject {
    const last = this.stamp(object);
    this.store.collection(type.kind).delete(keyOf(object.metadata.namespace, object.metadata.name));
    this.forgetIdentity(object);
    this.publish({ type: 'DELETED', kind: type.kind, object: last, previous: object, resourceVersion: this.version });
    return last;
  }

  subscribe(listener: (change: Change) => void): Disposable {
    this.listeners.add(listener);
    return { [Symbol.dispose]: () => this.listeners.delete(listener) };
  }

  /** Later changes, oldest first; undefined when they are forgotten. */
  changesSince(resourceVersion: number): Change[] | undefined {
    if (resourceVersion < this.compactedVersion) return undefined;
    return this.history.filter(change => change.resourceVersion > resourceVersion);
  }

  /** The objects of a kind as they were; undefined when that is forgotten. */
  listAt(kind: Kind, resourceVersion: number): KubernetesObject[] | undefined {
    const changes = this.changesSince(resourceVersion);
    if (!changes) return undefined;
    const objects = new Map(this.store.collection(kind));
    for (const change of changes.filter(candidate => candidate.kind === kind).reverse()) {
      const key = keyOf(change.object.metadata.namespace, change.object.metadata.name);
      if (change.previous) objects.set(key, change.previous);
      else objects.delete(key);
    }
    return [...objects.values()];
  }

  /** Forgets the history: whoever resumes from before gets 410. */
  compact(): void {
    this.history = [];
    this.compactedVersion = this.version;
  }

  snapshot(): Snapshot {
    const objects = this.types.flatMap(type => structuredClone(this.list(type.kind)) as KubernetesObject[]);
    return { format: 1, resourceVersion: this.version, objects };
  }

  /** Replaces everything without telling anyone; the history starts anew. */
  restore(snapshot: Snapshot): void {
    this.store.reset();
    this.dependentsByOwner.clear();
    this.byUid.clear();
    for (const object of structuredClone(snapshot.objects)) this.keep(object);
    this.version = snapshot.resourceVersion;
    this.compact();
  }

  private keep(object: KubernetesObject, previous?: KubernetesObject): void {
    const { namespace, name, uid = '', ownerReferences = [] } = object.metadata;
    this.store.collection(object.kind).set(keyOf(namespace, name), object);
    if (previous && !isEqual(previous.metadata.ownerReferences, ownerReferences)) this.forgetIdentity(previous);
    this.byUid.set(uid, object);
    for (const owner of ownerReferences) {
      const dependents = this.dependentsByOwner.get(owner.uid) ?? new Map<string, KubernetesObject>();
      this.dependentsByOwner.set(owner.uid, dependents.set(uid, object));
    }
  }

  private forgetIdentity({ metadata }: KubernetesObject): void {
    this.byUid.delete(metadata.uid ?? '');
    for (const owner of metadata.ownerReferences ?? []) {
      const dependents = this.dependentsByOwner.get(owner.uid);
      dependents?.delete(metadata.uid ?? '');
      if (dependents?.size === 0) this.dependentsByOwner.delete(owner.uid);
    }
  }

  private stamp(object: KubernetesObject): KubernetesObject {
    this.version += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.version) } };
  }

  private publish(change: Change): void {
    this.history.push(change);
    if (this.history.length > this.historyCount) {
      this.compactedVersion = this.history.shift()?.resourceVersion ?? this.compactedVersion;
    }
    for (const listener of [...this.listeners]) listener(change);
  }
}
