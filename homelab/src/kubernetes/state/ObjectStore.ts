import { Store } from '../../core';
import type { Kind, KindMap, KubernetesObject } from '../model';
import { resourceTypes, type ResourceType } from '../resourceTypes';

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
  private readonly store = new Store<KindMap>(resourceTypes.map(type => type.kind));
  private readonly listeners = new Set<(change: Change) => void>();
  private history: Change[] = [];
  private version = 1000;
  /** Changes up to this version are forgotten. */
  private compactedVersion = this.version;

  constructor(private readonly historyCount: number = defaultHistoryCount) {}

  get resourceVersion(): number {
    return this.version;
  }

  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): KindMap[K] | undefined {
    return this.store.collection(kind).get(keyOf(namespace, name));
  }

  /** In no special order; of one namespace, or of all. */
  list<K extends Kind>(kind: K, namespace?: string): KindMap[K][] {
    const all = [...this.store.collection(kind).values()];
    return namespace ? all.filter(object => object.metadata.namespace === namespace) : all;
  }

  /** Stores an object under the next resource version and tells everyone who listens. */
  put(type: ResourceType, object: KubernetesObject): KubernetesObject {
    const { namespace, name } = object.metadata;
    const previous = this.get(type.kind, namespace, name);
    const stored = this.stamp(object);
    this.store.collection(type.kind).set(keyOf(namespace, name), stored as never);
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
    const objects = new Map<string, KubernetesObject>(this.store.collection(kind));
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
    const objects = resourceTypes.flatMap(type => structuredClone(this.list(type.kind)) as KubernetesObject[]);
    return { format: 1, resourceVersion: this.version, objects };
  }

  /** Replaces everything without telling anyone; the history starts anew. */
  restore(snapshot: Snapshot): void {
    this.store.reset();
    for (const object of structuredClone(snapshot.objects)) {
      const { namespace, name } = object.metadata;
      this.store.collection(object.kind as Kind).set(keyOf(namespace, name), object as never);
    }
    this.version = snapshot.resourceVersion;
    this.compact();
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
