import type { Clock, Random } from '../../core';
import type { Kind, KindMap, KubernetesObject, OwnerReference } from '../model';
import type { Change, ObjectStore } from '../state/ObjectStore';
import type { Resources } from '../state/Resources';
import type { EventRecorder } from './EventRecorder';

/** What every controller works with. */
export interface ControllerContext {
  store: ObjectStore;
  resources: Resources;
  clock: Clock;
  random: Random;
  events: EventRecorder;
}

/** k3s runs API server, controllers and kubelet in one binary, and that is how `managedFields` names them. */
export const controllerManager = 'k3s';

/** `namespace/name`: what controllers queue. */
export function keyOf(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/** The opposite of `keyOf`. */
export function splitKey(key: string): { namespace: string | undefined; name: string } {
  const [namespace, name] = key.split('/');
  return { namespace: namespace || undefined, name };
}

/** The owner that controls an object, if there is one. */
function controllerOf(object: KubernetesObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(reference => reference.controller);
}

/** Key of the controlling owner if it is of that kind. */
export function ownerKeys(object: KubernetesObject, kind: Kind): string[] {
  const owner = controllerOf(object);
  return owner?.kind === kind ? [`${object.metadata.namespace ?? ''}/${owner.name}`] : [];
}

/** `keysOf` of a controller: an object of its kind that is there, or the owner of one that it controls. */
export function keysFor(change: Change, kind: Kind, controlled: Kind): string[] {
  if (change.kind === kind) return change.type === 'DELETED' ? [] : [keyOf(change.object)];
  return change.kind === controlled ? ownerKeys(change.object, kind) : [];
}

/** What an object controls, of one kind. */
export function ownedBy<K extends Kind>(store: ObjectStore, owner: KubernetesObject, kind: K): KindMap[K][] {
  const { uid = '' } = owner.metadata;
  const isControlled = (object: KubernetesObject) => object.kind === kind && controllerOf(object)?.uid === uid;
  return store.dependentsOf(uid).filter(isControlled) as KindMap[K][];
}

/** What the objects that `owner` controls carry. */
export function controllerReference(owner: KubernetesObject): OwnerReference {
  const { name, uid = '' } = owner.metadata;
  return { apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** Writes an object's status, or nothing when it is as it should be. */
export function writeStatus<T extends KubernetesObject>(context: ControllerContext, object: T, status: object): T {
  const options = { manager: controllerManager, subresource: 'status' } as const;
  return context.resources.update(object, { ...object, status }, options) as T;
}

/** Writes an object's metadata and spec. */
export function writeObject<T extends KubernetesObject>(context: ControllerContext, live: T, next: T): T {
  return context.resources.update(live, next, { manager: controllerManager }) as T;
}
