import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { defineOperation, type ResolvedTarget } from '@leitstand/plugin-operations-node';
import {
  ROLLBACK_OPERATION,
  rollbackInputSchema,
  rollbackPermission,
  workloadRefOf,
  type RolloutsErrorCode,
  type WorkloadRef,
} from '@leitstand/plugin-rollouts-common';
import { claimedEntityRefOf, discoveredEntityRefOf } from '../model/discoveredEntity';
import { deploymentDocumentType, type DeploymentDocument } from '../model/rollbackDocuments';
import { applyRollback } from './applyRollback';
import { planRollback } from './planRollback';
import { rollbackBasisSchema } from './rollbackBasis';
import type { WritableClusters } from './WritableClusters';

/** Rolls a Deployment back to an earlier revision, as `kubectl rollout undo` does it. */
export function createRollbackOperation(options: { clusters: WritableClusters }) {
  const { clusters } = options;
  // A plan starts from what resolve read a moment before, so that it costs one request less.
  const resolvedDeployments = new WeakMap<ResolvedTarget, DeploymentDocument>();

  const read = (ref: WorkloadRef, signal: AbortSignal) =>
    clusters.get(ref.cluster).get(deploymentDocumentType, ref, signal);

  return defineOperation({
    id: ROLLBACK_OPERATION,
    title: 'Roll back',
    description: 'Puts the pod template of an earlier revision back, as kubectl rollout undo does.',
    permission: rollbackPermission,
    input: rollbackInputSchema,
    basis: rollbackBasisSchema,

    appliesTo: entity => workloadRefOf(entity) !== undefined,

    async resolve({ entity, signal }) {
      const ref = refOf(entity);
      const deployment = await read(ref, signal);
      const resolved: ResolvedTarget = {
        target: { system: ref.cluster, ...ref },
        claimedEntityRef: claimedEntityRefOf(deployment),
        discoveredEntityRef: discoveredEntityRefOf(ref.cluster, deployment),
      };
      resolvedDeployments.set(resolved, deployment);
      return resolved;
    },

    async plan({ entity, resolved, input, requester, signal }) {
      const ref = refOf(entity);
      const deployment = resolvedDeployments.get(resolved) ?? (await read(ref, signal));
      const client = clusters.get(ref.cluster);
      return planRollback({ client, deployment, toRevision: input.toRevision, requester, signal });
    },

    apply: context => applyRollback(clusters.get(context.target.cluster ?? ''), context),
  });
}

function refOf(entity: Entity | undefined): WorkloadRef {
  const ref = entity && workloadRefOf(entity);
  if (ref) return ref;
  throw withCode<Error, RolloutsErrorCode>(
    new InputError('The entity names no workload: it needs the annotations kubernetes-cluster, -namespace and -id.'),
    'WORKLOAD_NOT_ANNOTATED',
  );
}
