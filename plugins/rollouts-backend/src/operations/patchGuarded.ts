import { UpstreamError } from '@leitstand/plugin-kit-common';
import type { KubernetesClient, ObjectPlace, PatchOperation, ResourceType } from '../client/KubernetesClient';
import { FIELD_MANAGER } from './fieldManager';
import { stalePlan } from './objectBasis';

/** How often a patch is tried when something about the object changes between reading and patching it. */
const maxAttemptCount = 5;

/** The version of an object that a patch is made for. */
export interface ObjectVersion {
  uid: string;
  resourceVersion: string;
}

/** One patch that must not overwrite what somebody else did meanwhile. */
export interface GuardedPatch<TObject> {
  client: KubernetesClient;
  type: ResourceType<TObject>;
  place: ObjectPlace;
  /** Reads the object, refuses a plan that no longer holds, and says what to change. Asked anew for each attempt. */
  prepare(signal: AbortSignal): Promise<{ version: ObjectVersion; operations: PatchOperation[] }>;
  signal: AbortSignal;
}

/**
 * Patches an object at the version that was looked at; when it moved in between it is looked at again.
 *
 * @throws ConflictError with code `PLAN_STALE` when the object is gone; what `prepare` throws; UpstreamError
 */
export async function patchGuarded<TObject>(patch: GuardedPatch<TObject>): Promise<TObject> {
  const { client, type, place, signal } = patch;
  let refusal: { resourceVersion: string; error: unknown } | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const { version, operations } = await prepareOrStale(patch);
    // Refused although nothing had changed: it is the change itself that the cluster does not want.
    if (refusal?.resourceVersion === version.resourceVersion) throw refusal.error;
    try {
      const guarded = [...guardOf(version), ...operations];
      return await client.patch(type, place, {
        operations: guarded,
        fieldManager: FIELD_MANAGER,
        dryRun: false,
        signal,
      });
    } catch (error) {
      if (!mayHaveChanged(error) || attempt === maxAttemptCount) throw error;
      refusal = { resourceVersion: version.resourceVersion, error };
    }
  }
}

/**
 * The version that a patch is made for: if the object has changed since, the cluster refuses the patch as a whole.
 *
 * Source: {@link https://www.rfc-editor.org/rfc/rfc6902#section-4.6}
 */
export function guardOf({ uid, resourceVersion }: ObjectVersion): PatchOperation[] {
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
  ];
}

async function prepareOrStale<TObject>({ prepare, place, signal }: GuardedPatch<TObject>) {
  try {
    return await prepare(signal);
  } catch (error) {
    if (isNotFound(error)) throw stalePlan(`${place.name}, or what the plan needs of it, is gone.`);
    throw error;
  }
}

/** Whether the cluster has no such object. */
export function isNotFound(error: unknown): boolean {
  return error instanceof UpstreamError && error.code === 'UPSTREAM_NOT_FOUND';
}

/** Whether the object may have changed since it was read: 409, or 422 for a `test` of the patch that does not hold. */
export function mayHaveChanged(error: unknown): boolean {
  return error instanceof UpstreamError && (error.upstreamStatus === 409 || error.upstreamStatus === 422);
}
