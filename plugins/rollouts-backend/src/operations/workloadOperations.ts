import type { Operation } from '@leitstand/plugin-operations-node';
import { createDeletePodOperation } from './deletePodOperation';
import { createPauseOperation, createResumeOperation } from './pauseOperations';
import { createRestartOperation } from './restartOperation';
import { createRollbackOperation } from './rollbackOperation';
import { createRunCronJobOperation } from './runCronJobOperation';
import { createScaleOperation } from './scaleOperation';
import { createSetImageOperation } from './setImageOperation';
import { createSuspendCronJobOperation } from './suspendCronJobOperation';
import { WorkloadReader } from './WorkloadReader';
import type { WritableClusters } from './WritableClusters';

/** Everything that can be done to a workload. */
export function createWorkloadOperations(clusters: WritableClusters): Operation[] {
  const workloads = new WorkloadReader(clusters);
  return [
    createRollbackOperation(workloads),
    createRestartOperation(workloads),
    createScaleOperation(workloads),
    createSetImageOperation(workloads),
    createPauseOperation(workloads),
    createResumeOperation(workloads),
    createRunCronJobOperation(workloads),
    createSuspendCronJobOperation(workloads),
    createDeletePodOperation(workloads),
  ];
}
