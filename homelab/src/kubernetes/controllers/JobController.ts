// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/controller/job/job_controller.go
import { formatTime } from '../codec/timestamp';
import type { Condition, Job, Pod } from '../model';
import { resourceTypeOf } from '../resourceTypes';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import { keysFor, ownedBy, splitKey, writeStatus, type ControllerContext } from './ControllerContext';
import { createPod, deletePod, isFinishedPod } from './ownedPods';
import { isReady } from './podStatus';

const component = 'job-controller';
/** Time before a failed pod is replaced: doubled with each failure up to 10 min. */
const firstBackOffMs = 10_000;
const maxBackOffMs = 600_000;

/** How a Job ended; undefined while it goes on. */
export function outcomeOf(job: Job): 'Complete' | 'Failed' | undefined {
  const ended = job.status?.conditions?.find(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
  return ended?.type as 'Complete' | 'Failed' | undefined;
}

interface Ending {
  types: ['SuccessCriteriaMet', 'Complete'] | ['FailureTarget', 'Failed'];
  reason: string;
  message: string;
}

const completed: Ending = {
  types: ['SuccessCriteriaMet', 'Complete'],
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};

function failed(reason: string, message: string): Ending {
  return { types: ['FailureTarget', 'Failed'], reason, message };
}

/** When the last of the pods ended, in milliseconds since the epoch. */
function lastEndMs(pods: Pod[]): number {
  const ends = pods
    .flatMap(pod => pod.status.containerStatuses ?? [])
    .map(status => status.state.terminated?.finishedAt);
  return Math.max(0, ...ends.map(end => Date.parse(end ?? '') || 0));
}

/** Runs pods until as many as a Job asks for have succeeded, or too many have failed. */
export class JobController implements Controller {
  readonly name = 'job';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    return keysFor(change, 'Job', 'Pod');
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const job = this.context.store.get('Job', namespace, name);
    if (!job || job.metadata.deletionTimestamp) return undefined;
    if (outcomeOf(job)) return this.expire(job);
    const pods = ownedBy(this.context.store, job, 'Pod');
    const ending = this.endingOf(job, pods);
    const active = pods.filter(pod => !isFinishedPod(pod) && !pod.metadata.deletionTimestamp);
    if (!ending && !job.spec.suspend) {
      const waitMs = this.startPods(job, pods, active);
      this.report(job, ownedBy(this.context.store, job, 'Pod'));
      return waitMs;
    }
    for (const pod of active) deletePod(this.context, { owner: job, component }, pod);
    this.report(job, pods, ending);
    return undefined;
  }

  private endingOf({ spec, status }: Job, pods: Pod[]): Ending | undefined {
    const succeeded = pods.filter(pod => pod.status.phase === 'Succeeded').length;
    if (succeeded >= (spec.completions ?? 1)) return completed;
    const restartCount = pods
      .flatMap(pod => pod.status.containerStatuses ?? [])
      .reduce((sum, container) => sum + container.restartCount, 0);
    const failedCount = pods.filter(pod => pod.status.phase === 'Failed').length;
    if (failedCount > spec.backoffLimit || (restartCount > 0 && restartCount >= spec.backoffLimit)) {
      return failed('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
    }
    const deadlineMs = (spec.activeDeadlineSeconds ?? Infinity) * 1_000;
    const isOverdue = status?.startTime && this.context.clock.now() >= Date.parse(status.startTime) + deadlineMs;
    return isOverdue ? failed('DeadlineExceeded', 'Job was active longer than specified deadline') : undefined;
  }

  /** @returns when to look again: after the back-off, or at the deadline */
  private startPods(job: Job, pods: Pod[], active: Pod[]): number | undefined {
    const { spec } = job;
    const now = this.context.clock.now();
    const startedMs = Date.parse(job.status?.startTime ?? '') || now;
    const deadlineInMs = spec.activeDeadlineSeconds ? startedMs + spec.activeDeadlineSeconds * 1_000 - now : undefined;
    const succeeded = pods.filter(pod => pod.status.phase === 'Succeeded').length;
    const missing = Math.min(spec.parallelism ?? 1, (spec.completions ?? 1) - succeeded) - active.length;
    if (missing <= 0) return deadlineInMs;
    const failures = pods.filter(pod => pod.status.phase === 'Failed');
    const backOffMs = Math.min(maxBackOffMs, firstBackOffMs * 2 ** (failures.length - 1));
    const waitMs = failures.length > 0 ? lastEndMs(failures) + backOffMs - now : 0;
    if (waitMs > 0) return Math.min(waitMs, deadlineInMs ?? waitMs);
    for (let index = 0; index < missing; index++) {
      createPod(this.context, { owner: job, template: spec.template, component });
    }
    return deadlineInMs;
  }

  private report(job: Job, pods: Pod[], ending?: Ending): void {
    const now = formatTime(this.context.clock.now());
    const count = (phase: string) => pods.filter(pod => pod.status.phase === phase).length;
    const running = ending ? [] : pods.filter(pod => !isFinishedPod(pod) && !pod.metadata.deletionTimestamp);
    const isComplete = ending?.types[1] === 'Complete';
    const [succeeded, failures] = [count('Succeeded'), count('Failed')];
    writeStatus(this.context, job, {
      ...(ending && { conditions: ending.types.map(type => this.condition(type, ending, now)) }),
      ...(!job.spec.suspend && { startTime: job.status?.startTime ?? now }),
      ...(isComplete && { completionTime: now }),
      ...(running.length > 0 && { active: running.length }),
      ready: running.filter(isReady).length,
      terminating: 0,
      ...(succeeded > 0 && { succeeded }),
      ...(failures > 0 && { failed: failures }),
      uncountedTerminatedPods: {},
    });
    if (!ending) return;
    const [type, reason] = isComplete ? (['Normal', 'Completed'] as const) : (['Warning', ending.reason] as const);
    const message = isComplete ? 'Job completed' : ending.message;
    this.context.events.record(job, { type, reason, message, component });
  }

  private condition(type: string, { reason, message }: Ending, now: string): Condition & { lastProbeTime: string } {
    return { type, status: 'True', lastProbeTime: now, lastTransitionTime: now, reason, message };
  }

  /** Deletes a Job that has ended long enough ago. @returns when that will be */
  private expire(job: Job): number | undefined {
    const { ttlSecondsAfterFinished } = job.spec;
    const endedAt = job.status?.conditions?.at(-1)?.lastTransitionTime;
    if (ttlSecondsAfterFinished === undefined || !endedAt) return undefined;
    const leftMs = Date.parse(endedAt) + ttlSecondsAfterFinished * 1_000 - this.context.clock.now();
    if (leftMs > 0) return leftMs;
    this.context.resources.delete(resourceTypeOf('Job'), job, { propagationPolicy: 'Foreground' });
    return undefined;
  }
}
