import { ConflictError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import { formatModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import type { OperationErrorCode } from '@leitstand/plugin-operations-common';

/** An error with code `PLAN_STALE`. */
export function planStale(message = 'The model has changed since the plan was made.'): Error {
  return withCode(new ConflictError(message), 'PLAN_STALE' satisfies OperationErrorCode);
}

/**
 * The version of a model that a plan is for.
 *
 * @throws ConflictError for a model that is being trained for the first time: it has none yet
 */
export function etagOf({ etag }: { etag?: string }, ref: ModelRef): string {
  if (etag) return etag;
  throw new ConflictError(`${formatModelRef(ref)} is still in the making. Wait until its training has ended.`);
}

/** Carries out a request with `If-Match`. @throws ConflictError with code `PLAN_STALE` when there is another version */
export async function ifUnchanged<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'UPSTREAM_CONFLICT') throw planStale();
    throw error;
  }
}
