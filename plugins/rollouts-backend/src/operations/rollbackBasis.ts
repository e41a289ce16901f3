import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { OperationErrorCode } from '@leitstand/plugin-operations-common';
import { z } from 'zod/v3';
import { claimedEntityRefOf } from '../model/discoveredEntity';
import { ANNOTATION_REVISION, controllerUidOf } from '../model/kubernetesObjects';
import { templateOf, type RollbackTarget } from '../model/rollback';
import type { DeploymentDocument, ReplicaSetDocument } from '../model/rollbackDocuments';

/** What a plan to roll back depends on; it is stale as soon as one of these is different. */
export const rollbackBasisSchema = z.object({
  uid: z.string(),
  generation: z.number(),
  /** The entity that the object named when the plan was made; ownership may have rested on it. */
  claimedEntityRef: z.string().nullable(),
  fromRevision: z.number().nullable(),
  toRevision: z.number(),
  replicaSet: z.string(),
  /** SHA-256 of the pod template that is put back. */
  templateHash: z.string(),
});
export type RollbackBasis = z.infer<typeof rollbackBasisSchema>;

/** The basis for going back to a revision, as things are. */
export function rollbackBasisOf(deployment: DeploymentDocument, target: RollbackTarget): RollbackBasis {
  return {
    uid: deployment.metadata.uid,
    generation: deployment.metadata.generation,
    claimedEntityRef: claimedEntityRefOf(deployment) ?? null,
    fromRevision: Number(deployment.metadata.annotations[ANNOTATION_REVISION]) || null,
    toRevision: target.revision,
    replicaSet: target.replicaSet.metadata.name,
    templateHash: templateHashOf(target.replicaSet),
  };
}

/**
 * Refuses a plan whose basis no longer holds.
 *
 * @throws ConflictError with code `PLAN_STALE` saying what has changed
 */
export function checkBasis(
  deployment: DeploymentDocument,
  replicaSet: ReplicaSetDocument,
  basis: RollbackBasis,
): RollbackTarget {
  const { metadata } = deployment;
  if (metadata.uid !== basis.uid) throw stalePlan(`${metadata.name} was deleted and made anew since the plan.`);
  if ((claimedEntityRefOf(deployment) ?? null) !== basis.claimedEntityRef) {
    throw stalePlan(`${metadata.name} names another entity than when the plan was made.`);
  }
  // A Deployment's generation grows with its annotations as well as with its specification.
  if (metadata.generation !== basis.generation) {
    throw stalePlan(`${metadata.name} was changed by somebody since the plan.`);
  }
  const revision = Number(replicaSet.metadata.annotations[ANNOTATION_REVISION]);
  const isSame =
    controllerUidOf(replicaSet) === metadata.uid &&
    revision === basis.toRevision &&
    templateHashOf(replicaSet) === basis.templateHash;
  if (!isSame) throw stalePlan(`Revision ${basis.toRevision} of ${metadata.name} is not what it was.`);
  return { replicaSet, revision };
}

/** An error with code `PLAN_STALE`. */
export function stalePlan(reason: string): Error {
  return withCode<Error, OperationErrorCode>(new ConflictError(`${reason} Make a new plan.`), 'PLAN_STALE');
}

function templateHashOf(replicaSet: ReplicaSetDocument): string {
  return createHash('sha256')
    .update(canonicalJson(templateOf(replicaSet)))
    .digest('hex');
}

/** JSON with sorted keys: servers may write them in any order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}
