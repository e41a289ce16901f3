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

/** Saying yes or no to a run that waits for it. That the person is one of the approvers is asked as well. */
export const operationsApprovePermission = createPermission({
  name: 'operations.run.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_OPERATION_PLAN,
});

/** Letting a run pass by freezes and approvals, on record. Who may run the operation itself is asked as well. */
export const operationsBreakGlassPermission = createPermission({
  name: 'operations.run.break-glass',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_OPERATION_PLAN,
});

/** Making and ending freezes. */
export const operationsFreezePermission = createPermission({
  name: 'operations.freeze',
  attributes: { action: 'create' },
});

/** What the operations plugin registers itself; each operation brings one of its own besides. */
export const operationsPermissions = [
  operationsReadPermission,
  operationsCancelPermission,
  operationsApprovePermission,
  operationsBreakGlassPermission,
  operationsFreezePermission,
];
