import { createPermission } from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_OPERATION_PLAN } from '@leitstand/plugin-operations-common';

/** Reading the state of workloads: metadata, no logs. */
export const workloadReadPermission = createPermission({
  name: 'rollouts.workload.read',
  attributes: { action: 'read' },
});

/** Reading what containers write to their logs: content, so not for guests. */
export const podLogReadPermission = createPermission({
  name: 'rollouts.log.read',
  attributes: { action: 'read' },
});

/** Rolling a Deployment back to an earlier revision. Registered and decided by the operations plugin. */
export const rollbackPermission = createPermission({
  name: 'operations.rollouts.rollback',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_OPERATION_PLAN,
});

/** What the rollouts plugin registers itself. */
export const rolloutsPermissions = [workloadReadPermission, podLogReadPermission];
