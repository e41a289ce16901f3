import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { OperationErrorCode } from '@leitstand/plugin-operations-common';
import { z } from 'zod/v3';
import { claimedEntityRefOf } from '../model/discoveredEntity';
import type { WorkloadDocument } from '../model/workloadDocuments';

/** What every plan for a workload depends on. */
export const identityBasisSchema = z.object({
  uid: z.string(),
  /** The entity that the object named when the plan was made; ownership may have rested on it. */
  claimedEntityRef: z.string().nullable(),
});
export type IdentityBasis = z.infer<typeof identityBasisSchema>;

/** What a plan depends on that is made for the workload's whole specification. */
export const objectBasisSchema = identityBasisSchema.extend({ generation: z.number() });
export type ObjectBasis = z.infer<typeof objectBasisSchema>;

export function identityBasisOf(workload: Pick<WorkloadDocument, 'metadata'>): IdentityBasis {
  return { uid: workload.metadata.uid, claimedEntityRef: claimedEntityRefOf(workload) ?? null };
}

export function objectBasisOf(workload: Pick<WorkloadDocument, 'metadata'>): ObjectBasis {
  return { ...identityBasisOf(workload), generation: workload.metadata.generation };
}

/** @throws ConflictError with code `PLAN_STALE` when it is another object, or names another entity */
export function checkIdentity(workload: Pick<WorkloadDocument, 'metadata'>, basis: IdentityBasis): void {
  const { metadata } = workload;
  if (metadata.uid !== basis.uid) throw stalePlan(`${metadata.name} was deleted and made anew since the plan.`);
  if ((claimedEntityRefOf(workload) ?? null) !== basis.claimedEntityRef) {
    throw stalePlan(`${metadata.name} names another entity than when the plan was made.`);
  }
}

/** @throws ConflictError with code `PLAN_STALE` when its specification was changed */
export function checkObjectBasis(workload: Pick<WorkloadDocument, 'metadata'>, basis: ObjectBasis): void {
  checkIdentity(workload, basis);
  // A Deployment's generation grows with its annotations as well as with its specification.
  if (workload.metadata.generation !== basis.generation) {
    throw stalePlan(`${workload.metadata.name} was changed by somebody since the plan.`);
  }
}

/** An error with code `PLAN_STALE`. */
export function stalePlan(reason: string): Error {
  return withCode<Error, OperationErrorCode>(new ConflictError(`${reason} Make a new plan.`), 'PLAN_STALE');
}

/** An error with code `NOTHING_TO_CHANGE`. */
export function nothingToChange(reason: string): Error {
  return withCode<Error, OperationErrorCode>(new ConflictError(reason), 'NOTHING_TO_CHANGE');
}
