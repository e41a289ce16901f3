import { createPermission } from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_OPERATION_PLAN } from '@leitstand/plugin-operations-common';

/** Reading that models, their trainings and jobs exist and how they are: metadata, no rows. */
export const modelReadPermission = createPermission({ name: 'ml-models.model.read', attributes: { action: 'read' } });

/** Asking a model for predictions, and reading what its columns hold: a query that is billed, on content. */
export const predictPermission = createPermission({ name: 'ml-models.predict', attributes: { action: 'read' } });

/** Reading who ran which jobs and what they cost. */
export const jobReadPermission = createPermission({ name: 'ml-models.job.read', attributes: { action: 'read' } });

/** What the ml-models plugin registers itself. */
export const mlModelsPermissions = [modelReadPermission, predictPermission, jobReadPermission];

/** Registered and decided by the operations plugin. */
function operationPermission(verb: string) {
  return createPermission({
    name: `operations.ml-models.${verb}`,
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_OPERATION_PLAN,
  });
}

export const createModelPermission = operationPermission('create');
export const retrainModelPermission = operationPermission('retrain');
export const deleteModelPermission = operationPermission('delete');
export const setLabelsPermission = operationPermission('set-labels');
export const setExpirationPermission = operationPermission('set-expiration');
export const cancelJobPermission = operationPermission('cancel-job');
