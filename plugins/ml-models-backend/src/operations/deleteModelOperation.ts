import { deleteModelPermission } from '@leitstand/plugin-ml-models-common';
import { defineOperation } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { applyDeletion, deletionBasisSchema, planDeletion } from './deletion';
import { isModelEntity, modelNotFound, refOf, resolveModel } from './modelTarget';
import { findModel } from './resources';
import type { WritableConnections } from './WritableConnections';

/** Deletes a model for good. */
export function createDeleteModelOperation(connections: WritableConnections) {
  return defineOperation({
    id: 'ml-models-delete',
    title: 'Delete model',
    description: 'Deletes the model in BigQuery. Its training data stay.',
    permission: deleteModelPermission,
    input: z.object({}).strict(),
    basis: deletionBasisSchema,
    appliesTo: isModelEntity,
    resolve: context => resolveModel(connections, context),
    async plan({ resolved, signal }) {
      const ref = refOf(resolved.target);
      const model = await findModel(connections.ofProject(ref.project), ref, signal);
      if (!model) throw modelNotFound(ref);
      return planDeletion(ref, model);
    },
    apply: context => applyDeletion(connections, context),
  });
}
