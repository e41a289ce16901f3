import type { Clock, Random } from '../../core';
import { alreadyExists, ApiError, badRequest, conflict, invalid, notFound } from '../codec/ApiError';
import { isEqual } from '../codec/json';
import { trackUpdate } from '../codec/managedFields';
import { formatTime } from '../codec/timestamp';
import { customResourceType } from '../customResources';
import type { CustomResourceDefinition, KubernetesObject, ManagedFieldsEntry, ObjectMeta, Pod } from '../model';
import { apiVersionOf, qualifiedName, resourceTypeOf, type ResourceType } from '../resourceTypes';
import { initialStatus, withDefaults } from './defaults';
import type { ObjectStore } from './ObjectStore';
import { validate } from './validation';

/** How a write is made. */
export interface WriteOptions {
  /** The field manager that `managedFields` names. */
  manager: string;
  /** Answers as if it were written and writes nothing. */
  isDryRun?: boolean;
  /** `status` writes nothing but the status. `scale` only names the subresource in `managedFields`. */
  subresource?: 'status' | 'scale';
  /** Field owners after a server-side apply; tracked by comparison when left out. */
  managedFields?: ManagedFieldsEntry[];
}

/** How an object is deleted; without a policy in the background, with the grace that the pod asks for. */
export interface DeleteOptions {
  propagationPolicy?: string;
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string; resourceVersion?: string };
  isDryRun?: boolean;
}

/** What a deletion came to: gone at once, or marked and waiting for a kubelet, a controller or a finalizer. */
export interface Deletion {
  object: KubernetesObject;
  isRemoved: boolean;
}

/** `generation` counts what controllers have to act on: for Deployments the annotations as well (deployment/strategy.go). */
function isNewGeneration(previous: KubernetesObject, next: KubernetesObject): boolean {
  if (previous.metadata.generation === undefined) return false;
  if (!isEqual(previous.spec, next.spec)) return true;
  return next.kind === 'Deployment' && !isEqual(previous.metadata.annotations ?? {}, next.metadata.annotations ?? {});
}

/** Is the status written through a subresource only? A custom resource need not have one. */
function hasOwnStatus(type: ResourceType): boolean {
  return type.subresources.includes('status');
}

function withoutVersion(object: KubernetesObject): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: undefined } };
}

/** What the API server does between the authorisation of a write and the store. */
export class Resources {
  constructor(
    private readonly store: ObjectStore,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @throws ApiError when the object is invalid, exists, or its namespace does not or is on its way out */
  create(type: ResourceType, input: KubernetesObject, options: WriteOptions): KubernetesObject {
    const object = withDefaults({ ...structuredClone(input), ...this.identity(type, input) });
    if (type.hasGeneration && hasOwnStatus(type)) object.status = initialStatus(object, formatTime(this.clock.now()));
    const errors = validate(type, object);
    if (errors.length > 0) throw invalid(type, object.metadata.name, errors);
    this.requireNamespace(type, object);
    const { namespace, name } = object.metadata;
    if (this.store.get(type.kind, namespace, name)) throw alreadyExists(type, name);
    object.metadata.managedFields = options.managedFields ?? trackUpdate(undefined, object, this.writer(options));
    return options.isDryRun ? object : this.store.put(type, object);
  }

  /**
   * Replaces an object, or its status.
   * @throws ApiError 409 when `next` names another resource version or uid than the live object's, 422 when invalid
   */
  update(live: KubernetesObject, input: KubernetesObject, options: WriteOptions): KubernetesObject {
    const type = this.store.typeOf(live.kind);
    this.requirePreconditions(type, live, input.metadata);
    const next = withDefaults(this.nextState(live, input, options));
    const errors = validate(type, next, live);
    if (errors.length > 0) throw invalid(type, next.metadata.name, errors);
    next.metadata.managedFields = options.managedFields ?? trackUpdate(live, next, this.writer(options));
    if (isNewGeneration(live, next)) next.metadata.generation = (live.metadata.generation ?? 0) + 1;
    if (isEqual(withoutVersion(live), withoutVersion(next))) return live;
    if (options.isDryRun) return next;
    if (next.metadata.deletionTimestamp && !next.metadata.finalizers?.length && live.metadata.finalizers?.length) {
      return this.store.remove(type, next);
    }
    return this.store.put(type, next);
  }

  /** @throws ApiError 409 when a precondition does not hold */
  delete(type: ResourceType, live: KubernetesObject, options: DeleteOptions = {}): Deletion {
    this.requirePreconditions(type, live, options.preconditions ?? {});
    const marked = this.markDeleted(type, live, options);
    if (options.isDryRun) return { object: marked ?? live, isRemoved: !marked };
    if (!marked) {
      if (type.kind === 'CustomResourceDefinition') this.removeInstances(live as CustomResourceDefinition);
      return { object: this.store.remove(type, live), isRemoved: true };
    }
    const isMarkedBefore = live.metadata.deletionTimestamp !== undefined;
    return { object: isMarkedBefore ? live : this.store.put(type, marked), isRemoved: false };
  }

  private removeInstances(definition: CustomResourceDefinition): void {
    const type = customResourceType(definition);
    if (!type) return;
    for (const object of this.store.list(type.kind)) this.store.remove(type, object);
  }

  private writer(options: WriteOptions) {
    return {
      manager: options.manager,
      time: formatTime(this.clock.now()),
      ...(options.subresource && { subresource: options.subresource }),
    };
  }

  private identity(type: ResourceType, input: KubernetesObject): KubernetesObject {
    const given = input.metadata ?? {};
    if (given.resourceVersion) throw badRequest('resourceVersion should not be set on objects to be created');
    const name =
      given.name || (given.generateName && given.generateName + this.random.text(5, 'bcdfghjklmnpqrstvwxz2456789'));
    if (!name) {
      const detail = 'Required value: name or generateName is required';
      throw invalid(type, '', [{ field: 'metadata.name', reason: 'FieldValueRequired', detail }]);
    }
    const metadata: ObjectMeta = {
      ...given,
      name,
      uid: this.random.uuid(),
      creationTimestamp: formatTime(this.clock.now()),
      ...(type.hasGeneration && { generation: 1 }),
    };
    delete metadata.deletionTimestamp;
    return { apiVersion: apiVersionOf(type), kind: type.kind, metadata };
  }

  private requireNamespace(type: ResourceType, object: KubernetesObject): void {
    if (!type.isNamespaced) return;
    const { name, namespace = '' } = object.metadata;
    const found = this.store.get('Namespace', undefined, namespace);
    if (!found) throw notFound(resourceTypeOf('Namespace'), namespace);
    if (!found.metadata.deletionTimestamp) return;
    throw new ApiError(
      `${qualifiedName(type)} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
      {
        code: 403,
        reason: 'Forbidden',
        details: {
          name,
          ...(type.group && { group: type.group }),
          kind: type.plural,
          causes: [
            {
              reason: 'NamespaceTerminating',
              message: `namespace ${namespace} is being terminated`,
              field: 'metadata.namespace',
            },
          ],
        },
      },
    );
  }

  private requirePreconditions(type: ResourceType, live: KubernetesObject, given: Partial<ObjectMeta>): void {
    const { name, uid, resourceVersion } = live.metadata;
    if (given.uid && given.uid !== uid) {
      throw conflict(type, name, `Precondition failed: UID in precondition: ${given.uid}, UID in object meta: ${uid}`);
    }
    if (given.resourceVersion && given.resourceVersion !== resourceVersion) throw conflict(type, name);
  }

  private nextState(live: KubernetesObject, input: KubernetesObject, options: WriteOptions): KubernetesObject {
    if (options.subresource === 'status') {
      return { ...live, metadata: { ...live.metadata }, status: structuredClone(input.status) };
    }
    const next = structuredClone(input);
    const { uid, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds } = live.metadata;
    next.metadata = {
      ...next.metadata,
      uid,
      creationTimestamp,
      generation,
      deletionTimestamp,
      deletionGracePeriodSeconds,
    };
    next.metadata.name = live.metadata.name;
    next.metadata.namespace = live.metadata.namespace;
    const { apiVersion, kind } = live;
    return { ...next, apiVersion, kind, status: hasOwnStatus(this.store.typeOf(kind)) ? live.status : next.status };
  }

  /** The object with its mark of deletion, or undefined when nothing holds it back. */
  private markDeleted(
    type: ResourceType,
    live: KubernetesObject,
    options: DeleteOptions,
  ): KubernetesObject | undefined {
    const finalizers = new Set(live.metadata.finalizers);
    if (options.propagationPolicy === 'Foreground') finalizers.add('foregroundDeletion');
    if (options.propagationPolicy === 'Orphan') finalizers.add('orphan');
    const graceSeconds = this.graceSecondsOf(type, live, options);
    if (finalizers.size === 0 && graceSeconds === 0 && type.kind !== 'Namespace') return undefined;
    const { generation } = live.metadata;
    return {
      ...live,
      metadata: {
        ...live.metadata,
        ...(generation !== undefined && { generation: generation + 1 }),
        ...(finalizers.size > 0 && { finalizers: [...finalizers] }),
        deletionTimestamp: formatTime(this.clock.now() + graceSeconds * 1000),
        deletionGracePeriodSeconds: graceSeconds,
      },
      ...(type.kind === 'Namespace' && { status: { phase: 'Terminating' } }),
    };
  }

  private graceSecondsOf(type: ResourceType, live: KubernetesObject, options: DeleteOptions): number {
    if (type.kind !== 'Pod' || !(live as Pod).spec.nodeName) return 0;
    if (['Succeeded', 'Failed'].includes((live as Pod).status.phase)) return 0;
    return options.gracePeriodSeconds ?? (live as Pod).spec.terminationGracePeriodSeconds ?? 30;
  }
}
