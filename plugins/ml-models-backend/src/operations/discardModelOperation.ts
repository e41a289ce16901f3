import { InputError } from '@backstage/errors';
import { deleteModelPermission, entityLabel, entityLabelOf, modelRefSchema } from '@leitstand/plugin-ml-models-common';
import { defineOperation } from '@leitstand/plugin-operations-node';
import { applyDeletion, deletionBasisSchema, planDeletion } from './deletion';
import { modelNotFound, targetOf } from './modelTarget';
import { findModel } from './resources';
import type { WritableConnections } from './WritableConnections';

/** Takes a model back that was just created: the catalogue may know its entity by now, or not yet. */
export function createDiscardModelOperation(connections: WritableConnections) {
  return defineOperation({
    id: 'ml-models-discard',
    title: 'Discard model',
    description: 'Deletes a model that was created for an entity which the catalogue need not have yet.',
    permission: deleteModelPermission,
    subject: 'place',
    input: modelRefSchema.strict(),
    basis: deletionBasisSchema,
    appliesTo: () => false,
    async resolve({ input }) {
      if (!input) throw new InputError('The input has to name the model.');
      return { target: targetOf(input) };
    },
    async plan({ input, entityRef, signal }) {
      const model = await findModel(connections.ofProject(input.project), input, signal);
      const label = entityLabelOf(entityRef);
      // A reference that no label can hold must not fit a model without one.
      if (!model || label === undefined || model.labels?.[entityLabel] !== label) throw modelNotFound(input);
      return planDeletion(input, model);
    },
    apply: context => applyDeletion(connections, context),
  });
}
