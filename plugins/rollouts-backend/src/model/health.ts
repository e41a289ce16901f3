import type { Health, HealthState } from '@leitstand/plugin-rollouts-common';
import { cronJobHealth } from './cronJobHealth';
import { deploymentHealth } from './deploymentHealth';
import type { KubernetesPod } from './kubernetesObjects';
import { replicatedHealth } from './replicatedHealth';
import type { Job, WorkloadObject } from './workloadObjects';

/** Worst first; the order of lists. */
export const healthOrder: readonly HealthState[] = [
  'failed',
  'degraded',
  'progressing',
  'paused',
  'scaled-to-zero',
  'healthy',
];

/** From when on a rollout is taken for stuck, in milliseconds: the default of `progressDeadlineSeconds`. */
const longestProgressMs = 600_000;

/** Whether a person should look at it: it is failed, degraded, or progressing for too long. */
export function isProblem(health: Health, now: number = Date.now()): boolean {
  if (health.state === 'progressing') {
    return health.since !== undefined && now - Date.parse(health.since) > longestProgressMs;
  }
  return health.state === 'failed' || health.state === 'degraded';
}

/** What is true of a workload with these pods (and, of a CronJob, these jobs), in words; the worst that applies. */
export function healthOf(workload: WorkloadObject, pods: readonly KubernetesPod[], jobs: readonly Job[] = []): Health {
  switch (workload.kind) {
    case 'Deployment':
      return deploymentHealth(workload, pods);
    case 'StatefulSet':
    case 'DaemonSet':
      return replicatedHealth(workload, pods);
    case 'CronJob':
      return cronJobHealth(workload, jobs, pods);
    default:
      throw new Error(`Unknown kind ${workload satisfies never}`);
  }
}
