import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { OperationErrorCode } from '@leitstand/plugin-operations-common';
import { ROLLBACK_OPERATION, rollbackInputSchema, rollbackPermission } from '@leitstand/plugin-rollouts-common';
import { applyRollback } from './applyRollback';
import { defineWorkloadOperation } from './defineWorkloadOperation';
import { planRollback } from './planRollback';
import { rollbackBasisSchema } from './rollbackBasis';
import type { WorkloadReader } from './WorkloadReader';

/** Rolls a Deployment back to an earlier revision, as `kubectl rollout undo` does it. */
export function createRollbackOperation(workloads: WorkloadReader) {
  return defineWorkloadOperation(workloads, {
    id: ROLLBACK_OPERATION,
    title: 'Roll back',
    description: 'Puts the pod template of an earlier revision back, as kubectl rollout undo does.',
    permission: rollbackPermission,
    input: rollbackInputSchema,
    basis: rollbackBasisSchema,
    kinds: ['Deployment'],
    plan: ({ workload, input, ...context }) =>
      planRollback({ ...context, deployment: workload, toRevision: input.toRevision }),
    apply: applyRollback,
    async undo({ basis, target }) {
      if (basis.fromRevision !== null) {
        return { operation: ROLLBACK_OPERATION, input: { toRevision: basis.fromRevision } };
      }
      throw withCode<Error, OperationErrorCode>(
        new ConflictError(
          `${target.name} had no numbered revision before. Choose one of its revisions to roll back to.`,
        ),
        'RUN_NOT_UNDOABLE',
      );
    },
  });
}
