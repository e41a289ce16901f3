import type { Health } from '@leitstand/plugin-rollouts-common';
import { controllerUidOf, type KubernetesPod } from './kubernetesObjects';
import { explainTrouble, troubleAdvice, worstTrouble } from './podTrouble';
import { describeJob, newestFirst } from './schedule';
import { countOf } from './words';
import type { CronJob, Job } from './workloadObjects';

/** What is true of a CronJob, in words. Its last job decides: a failure before a success is history. */
export function cronJobHealth(cronJob: CronJob, jobs: readonly Job[], pods: readonly KubernetesPod[]): Health {
  const ordered = newestFirst(jobs);
  const ended = ordered.map(describeJob).find(({ state }) => state === 'complete' || state === 'failed');
  return (
    failedHealth(ended, ordered, pods) ??
    troubledHealth(ordered, pods) ??
    suspendedHealth(cronJob) ?? { state: 'healthy', ...wellWords(cronJob, ended) }
  );
}

type EndedJob = ReturnType<typeof describeJob> | undefined;

function failedHealth(ended: EndedJob, jobs: readonly Job[], pods: readonly KubernetesPod[]): Health | undefined {
  if (ended?.state !== 'failed') return undefined;
  const trouble = worstTrouble(
    podsOf(
      jobs.find(({ metadata }) => metadata.name === ended.name),
      pods,
    ),
  );
  return {
    state: 'failed',
    message: `The last job (${ended.name}) failed${ended.message ? `: ${ended.message.replace(/\.?$/, '.')}` : '.'}`,
    advice: trouble ? `Read the log of pod ${trouble.pod}.` : 'Read the log of its pod, or start it once by hand.',
    reason: trouble?.reason ?? 'JobFailed',
    since: ended.finishedAt,
  };
}

function troubledHealth(jobs: readonly Job[], pods: readonly KubernetesPod[]): Health | undefined {
  const [newest] = jobs;
  if (!newest || describeJob(newest).state !== 'running') return undefined;
  const trouble = worstTrouble(podsOf(newest, pods));
  if (!trouble) return undefined;
  return {
    state: 'degraded',
    message: `${explainTrouble(trouble)} Its job (${newest.metadata.name}) has not ended.`,
    advice: troubleAdvice(trouble),
    reason: trouble.reason,
    since: trouble.since,
  };
}

function suspendedHealth(cronJob: CronJob): Health | undefined {
  if (!cronJob.spec.suspend) return undefined;
  return {
    state: 'paused',
    message: 'It is suspended: no job is started until it is resumed.',
    advice: 'Resume it to let jobs start again.',
    reason: 'Suspended',
  };
}

function wellWords(cronJob: CronJob, ended: EndedJob): Pick<Health, 'message' | 'since'> {
  const running = cronJob.status.active.length;
  if (running > 0) return { message: `${countOf(running, 'job')} ${running === 1 ? 'runs' : 'run'} at present.` };
  if (ended) return { message: `The last job (${ended.name}) succeeded.`, since: ended.finishedAt };
  return {
    message: cronJob.status.lastScheduleTime
      ? 'No job of it is kept; none failed that is known.'
      : 'It has not run yet.',
  };
}

function podsOf(job: Job | undefined, pods: readonly KubernetesPod[]): KubernetesPod[] {
  return pods.filter(pod => job !== undefined && controllerUidOf(pod) === job.metadata.uid);
}
