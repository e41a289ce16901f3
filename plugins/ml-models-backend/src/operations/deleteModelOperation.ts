import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { deleteModelPermission, formatModelRef } from '@leitstand/plugin-ml-models-common';
import { defineOperation } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { isModelEntity, modelNotFound, refOf, resolveModel } from './modelTarget';
import { deleteResource, findModel, modelPath } from './resources';
import type { WritableConnections } from './WritableConnections';

/** Deletes a model for good. */
export function createDeleteModelOperation(connections: WritableConnections) {
  return defineOperation({
    id: 'ml-models-delete',
    title: 'Delete model',
    description: 'Deletes the model in BigQuery. Its training data stay.',
    permission: deleteModelPermission,
    input: z.object({}).strict(),
    basis: z.object({ etag: z.string() }),
    appliesTo: isModelEntity,
    resolve: context => resolveModel(connections, context),
    async plan({ resolved, signal }) {
      const ref = refOf(resolved.target);
      const model = await findModel(connections.ofProject(ref.project), ref, signal);
      if (!model) throw modelNotFound(ref);
      const name = formatModelRef(ref);
      return {
        summary: `Delete the model ${name}`,
        changes: [{ label: 'model', before: name, after: null }],
        warnings: [{ severity: 'warning', message: 'Services that ask this model for predictions fail from then on.' }],
        undo: {
          isPossible: false,
          note: 'BigQuery keeps nothing of a deleted model; it would have to be trained again.',
        },
        basis: { etag: model.etag ?? '' },
      };
    },
    async apply({ target, basis, step }) {
      const ref = refOf(target);
      const connection = connections.ofProject(ref.project);
      await step('delete', {
        title: `Delete ${formatModelRef(ref)}`,
        async do({ signal }) {
          const model = await findModel(connection, ref, signal);
          if (!model || model.etag !== basis.etag) {
            throw withCode(new ConflictError('The model has changed since the plan was made.'), 'PLAN_STALE');
          }
          const operation = `delete the model ${formatModelRef(ref)}`;
          await deleteResource(connection, { operation, project: ref.project, path: modelPath(ref), signal });
        },
        confirm: async ({ signal }) => ((await findModel(connection, ref, signal)) ? 'not-done' : 'done'),
      });
      return `${formatModelRef(ref)} is deleted.`;
    },
  });
}
