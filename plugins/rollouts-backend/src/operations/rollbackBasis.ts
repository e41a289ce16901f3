import { createHash } from 'node:crypto';
import { z } from 'zod/v3';
import { ANNOTATION_REVISION, controllerUidOf } from '../model/kubernetesObjects';
import { templateOf, type RollbackTarget } from '../model/rollback';
import type { DeploymentDocument, ReplicaSetDocument } from '../model/rollbackDocuments';
import { checkObjectBasis, objectBasisOf, objectBasisSchema, stalePlan } from './objectBasis';

/** What a plan to roll back depends on; it is stale as soon as one of these is different. */
export const rollbackBasisSchema = objectBasisSchema.extend({
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
    ...objectBasisOf(deployment),
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
  checkObjectBasis(deployment, basis);
  const revision = Number(replicaSet.metadata.annotations[ANNOTATION_REVISION]);
  const isSame =
    controllerUidOf(replicaSet) === metadata.uid &&
    revision === basis.toRevision &&
    templateHashOf(replicaSet) === basis.templateHash;
  if (!isSame) throw stalePlan(`Revision ${basis.toRevision} of ${metadata.name} is not what it was.`);
  return { replicaSet, revision };
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
