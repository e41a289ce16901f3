import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type on which the rules of operations are evaluated. */
export const RESOURCE_TYPE_OPERATION_PLAN = 'operation-plan';

/** Reading plans, runs and the ledger. */
export const operationsReadPermission = createPermission({ name: 'operations.read', attributes: { action: 'read' } });

/** Stopping a run; who may run the operation itself is asked as well. */
export const operationsCancelPermission = createPermission({
  name: 'operations.run.cancel',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_OPERATION_PLAN,
});

/** What the operations plugin registers itself; each operation brings one of its own besides. */
export const operationsPermissions = [operationsReadPermission, operationsCancelPermission];
