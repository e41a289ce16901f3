// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/controller/cronjob/cronjob_controllerv2.go
import { formatTime } from '../codec/timestamp';
import type { CronJob, Job } from '../model';
import { resourceTypeOf } from '../resourceTypes';
import { nextDue } from '../state/cronSchedule';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import {
  controllerManager,
  controllerReference,
  keysFor,
  ownedBy,
  splitKey,
  writeStatus,
  type ControllerContext,
} from './ControllerContext';
import { outcomeOf } from './JobController';

const component = 'cronjob-controller';
const jobType = resourceTypeOf('Job');
/** What was missed before is not searched one by one. */
const dayMs = 24 * 60 * 60 * 1_000;

function byStart(left: Job, right: Job): number {
  return (left.metadata.creationTimestamp ?? '').localeCompare(right.metadata.creationTimestamp ?? '');
}

/** The last time up to now at which a CronJob was due and has not been run. */
function missedRun({ spec, status, metadata }: CronJob, nowMs: number): number | undefined {
  const sinceMs = Date.parse(status?.lastScheduleTime ?? metadata.creationTimestamp ?? '');
  const deadlineMs = spec.startingDeadlineSeconds ? nowMs - spec.startingDeadlineSeconds * 1_000 : 0;
  let dueMs = nextDue(spec.schedule, Math.max(sinceMs, deadlineMs), spec.timeZone);
  if (dueMs > nowMs) return undefined;
  const from = Math.max(dueMs, nowMs - dayMs);
  for (let next = nextDue(spec.schedule, from, spec.timeZone); next <= nowMs;) {
    dueMs = next;
    next = nextDue(spec.schedule, next, spec.timeZone);
  }
  return dueMs;
}

/** Creates a Job whenever a CronJob is due, and keeps no more ended ones than it asks for. */
export class CronJobController implements Controller {
  readonly name = 'cronjob';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    return keysFor(change, 'CronJob', 'Job');
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const cronJob = this.context.store.get('CronJob', namespace, name);
    if (!cronJob || cronJob.metadata.deletionTimestamp) return undefined;
    const jobs = ownedBy(this.context.store, cronJob, 'Job').sort(byStart);
    this.dropOld(jobs, 'Complete', cronJob.spec.successfulJobsHistoryLimit);
    this.dropOld(jobs, 'Failed', cronJob.spec.failedJobsHistoryLimit);
    const now = this.context.clock.now();
    const dueMs = cronJob.spec.suspend ? undefined : missedRun(cronJob, now);
    const started = dueMs === undefined ? undefined : this.start(cronJob, jobs, dueMs);
    this.report(cronJob, [...jobs, ...(started ? [started] : [])], started && dueMs);
    return cronJob.spec.suspend ? undefined : nextDue(cronJob.spec.schedule, now, cronJob.spec.timeZone) - now;
  }

  private dropOld(jobs: Job[], outcome: 'Complete' | 'Failed', limit: number): void {
    const ended = jobs.filter(job => outcomeOf(job) === outcome);
    for (const job of ended.slice(0, Math.max(0, ended.length - limit))) {
      this.context.resources.delete(jobType, job, { propagationPolicy: 'Background' });
    }
  }

  private start(cronJob: CronJob, jobs: Job[], dueMs: number): Job | undefined {
    const { concurrencyPolicy, jobTemplate } = cronJob.spec;
    const active = jobs.filter(job => !outcomeOf(job));
    if (active.length > 0 && concurrencyPolicy === 'Forbid') return undefined;
    if (concurrencyPolicy === 'Replace') {
      for (const job of active) this.context.resources.delete(jobType, job, { propagationPolicy: 'Background' });
    }
    const { name, namespace } = cronJob.metadata;
    const jobName = `${name}-${Math.floor(dueMs / 60_000)}`;
    if (this.context.store.get('Job', namespace, jobName)) return undefined;
    const { labels, annotations } = jobTemplate.metadata ?? {};
    const metadata = {
      name: jobName,
      namespace,
      labels,
      annotations: { ...annotations, 'batch.kubernetes.io/cronjob-scheduled-timestamp': formatTime(dueMs) },
      ownerReferences: [controllerReference(cronJob)],
    };
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: jobTemplate.spec };
    const created = this.context.resources.create(jobType, job, { manager: controllerManager }) as Job;
    this.record(cronJob, 'SuccessfulCreate', `Created job ${jobName}`);
    return created;
  }

  private report(cronJob: CronJob, jobs: Job[], startedMs: number | undefined): void {
    const before = cronJob.status ?? {};
    const ended = jobs.filter(job => outcomeOf(job) && before.active?.some(({ uid }) => uid === job.metadata.uid));
    for (const job of ended) {
      this.record(cronJob, 'SawCompletedJob', `Saw completed job: ${job.metadata.name}, condition: ${outcomeOf(job)}`);
    }
    const active = jobs.filter(job => !outcomeOf(job) && !job.metadata.deletionTimestamp);
    const lastSuccessfulTime = jobs
      .flatMap(job => job.status?.completionTime ?? [])
      .sort()
      .at(-1);
    writeStatus(this.context, cronJob, {
      ...before,
      ...(startedMs !== undefined && { lastScheduleTime: formatTime(startedMs) }),
      ...(lastSuccessfulTime && { lastSuccessfulTime }),
      active: active.length > 0 ? active.map(reference) : undefined,
    });
  }

  private record(cronJob: CronJob, reason: string, message: string): void {
    this.context.events.record(cronJob, { type: 'Normal', reason, message, component });
  }
}

function reference({ apiVersion, kind, metadata }: Job) {
  const { name, namespace, uid, resourceVersion } = metadata;
  return { apiVersion, kind, name, namespace, uid, resourceVersion };
}
