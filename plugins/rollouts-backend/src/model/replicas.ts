import type { Workload } from '@leitstand/plugin-rollouts-common';
import type { WorkloadObject } from './workloadObjects';

/** How many pods a workload should have and has; a CronJob's are its running jobs. */
export function replicasOf(workload: WorkloadObject): Workload['replicas'] {
  switch (workload.kind) {
    case 'Deployment': {
      const { replicas, updatedReplicas, readyReplicas, availableReplicas } = workload.status;
      const { replicas: desired } = workload.spec;
      return {
        desired,
        current: replicas,
        updated: updatedReplicas,
        ready: readyReplicas,
        available: availableReplicas,
      };
    }
    case 'StatefulSet': {
      const { status, spec } = workload;
      return {
        desired: spec.replicas,
        current: status.replicas,
        updated: status.updatedReplicas,
        ready: status.readyReplicas,
        available: status.availableReplicas ?? status.readyReplicas,
      };
    }
    case 'DaemonSet': {
      const { status } = workload;
      return {
        desired: status.desiredNumberScheduled,
        current: status.currentNumberScheduled,
        updated: status.updatedNumberScheduled,
        ready: status.numberReady,
        available: status.numberAvailable,
      };
    }
    case 'CronJob': {
      const running = workload.status.active.length;
      return { desired: running, current: running, updated: running, ready: running, available: running };
    }
    default:
      throw new Error(`Unknown kind ${workload satisfies never}`);
  }
}
