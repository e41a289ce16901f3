import type { Schedule } from '@leitstand/plugin-rollouts-common';
import type { CronJob, Job } from './workloadObjects';

type ScheduledJob = Schedule['jobs'][number];

/** When a CronJob runs and how it went; newest job first. */
export function scheduleOf(cronJob: CronJob, jobs: readonly Job[]): Schedule {
  const { spec, status } = cronJob;
  return {
    cron: spec.schedule,
    timeZone: spec.timeZone ?? undefined,
    isSuspended: spec.suspend,
    lastScheduledAt: status.lastScheduleTime ?? undefined,
    lastSuccessfulAt: status.lastSuccessfulTime ?? undefined,
    jobs: newestFirst(jobs).map(describeJob),
  };
}

/** Jobs by when they were made. */
export function newestFirst(jobs: readonly Job[]): Job[] {
  return [...jobs].sort(
    (a, b) =>
      b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp) ||
      b.metadata.name.localeCompare(a.metadata.name),
  );
}

/** How far one job is. */
export function describeJob(job: Job): ScheduledJob {
  const end = job.status.conditions.find(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
  const running = job.spec.suspend ? 'suspended' : 'running';
  const state = end ? (end.type === 'Complete' ? 'complete' : 'failed') : running;
  return {
    name: job.metadata.name,
    state,
    startedAt: job.status.startTime ?? undefined,
    finishedAt: job.status.completionTime ?? end?.lastTransitionTime,
    message: end?.message || end?.reason || undefined,
  };
}
