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

/** Rolling a Deployment back to an earlier revision. */
export const rollbackPermission = operationPermission('rollback', 'update');

/** Replacing a workload's pods by new ones. */
export const restartPermission = operationPermission('restart', 'update');
/** Changing the number of replicas, or the bounds of an autoscaler. */
export const scalePermission = operationPermission('scale', 'update');
/** Pausing and resuming the rollout of a Deployment. */
export const pausePermission = operationPermission('pause', 'update');
/** Changing the image of a container. */
export const setImagePermission = operationPermission('set-image', 'update');
/** Starting a job of a CronJob now. */
export const runCronJobPermission = operationPermission('run-cron-job', 'create');
/** Suspending and resuming the schedule of a CronJob. */
export const suspendCronJobPermission = operationPermission('suspend-cron-job', 'update');
/** Deleting a pod of a workload. */
export const deletePodPermission = operationPermission('delete-pod', 'delete');

/** Of the operations on workloads. Registered and decided by the operations plugin. */
export const workloadOperationPermissions = [
  rollbackPermission,
  restartPermission,
  scalePermission,
  pausePermission,
  setImagePermission,
  runCronJobPermission,
  suspendCronJobPermission,
  deletePodPermission,
];

/** What the rollouts plugin registers itself. */
export const rolloutsPermissions = [workloadReadPermission, podLogReadPermission];

function operationPermission(verb: string, action: 'create' | 'update' | 'delete') {
  return createPermission({
    name: `operations.rollouts.${verb}`,
    attributes: { action },
    resourceType: RESOURCE_TYPE_OPERATION_PLAN,
  });
}
