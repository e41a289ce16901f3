import type bigquery from '@google-cloud/bigquery/build/src/types';
import { ConflictError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import type { MlModelsErrorCode } from '@leitstand/plugin-ml-models-common';
import type {
  ApplyContext,
  Compensation,
  OperationStep,
  OperationWait,
  StepContext,
} from '@leitstand/plugin-operations-node';
import { setTimeout } from 'node:timers/promises';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { wordsOfJobError } from '../model/readJob';
import { findResource } from '../client/findResource';

/** Between two looks at a job, in milliseconds. */
const followEveryMs = 1_000;
/** After how long a job is no longer followed, in milliseconds. */
const followTimeoutMs = 6 * 60 * 60_000;
/** How long a job may take to end that what was done is taken back for, in milliseconds. */
const endTimeoutMs = 60_000;

/** A job of a run. */
export interface RunJob {
  connection: BigQueryConnection;
  /** Project in which it runs and is billed. */
  project: string;
  location: string;
  /** Derived from run and step, so that a process that takes the run up finds it, and nobody can begin it twice. */
  jobId: string;
}

/** The job of a step, in the project that is billed. */
export function runJobOf(
  { runId }: Pick<ApplyContext<unknown, unknown>, 'runId'>,
  connection: BigQueryConnection,
  step: string,
): RunJob {
  const { projectId: project, location } = connection.config;
  return { connection, project, location, jobId: `leitstand_${runId}_${step}` };
}

/** Begins a job; BigQuery refuses a second one of the same id. */
export function beginJob(
  job: RunJob,
  options: Pick<OperationStep<void>, 'title' | 'compensate'> & { begin(context: StepContext): Promise<void> },
): OperationStep<void> {
  const { title, compensate, begin } = options;
  return {
    title,
    compensate,
    async do(context) {
      try {
        await begin(context);
      } catch (error) {
        const isThere = error instanceof UpstreamError && error.code === 'UPSTREAM_CONFLICT';
        if (!isThere || !(await findJob(job, context.signal))) throw error;
      }
    },
    confirm: async ({ signal }) => ((await findJob(job, signal)) ? 'done' : 'not-done'),
  };
}

/** Waits for the end of a job; a cancelled run cancels it upstream. */
export function followJob(
  job: RunJob,
  options: { title: string; describe?(context: StepContext): Promise<string | undefined> },
): OperationWait<void> {
  return {
    title: options.title,
    everyMs: followEveryMs,
    timeoutMs: followTimeoutMs,
    async look(context) {
      try {
        const found = await findJob(job, context.signal);
        if (!found) throw jobFailed('The job is gone.');
        if (found.status?.state !== 'DONE') {
          const words = await options.describe?.(context);
          if (words !== undefined) context.progress(words);
          return 'not-yet';
        }
        if (found.status.errorResult) throw jobFailed(wordsOfJobError(found.status.errorResult));
        return { done: undefined };
      } catch (error) {
        if (!(error instanceof UpstreamError) || !error.retryable) throw error;
        context.progress(`${error.message} Trying again.`);
        return 'not-yet';
      }
    },
    cancel: ({ signal }) => cancelJob(job, signal),
  };
}

/**
 * Takes back what a job made. One that failed made nothing: what is there now is somebody else's, and stays. One that has
 * not ended yet is cancelled first.
 */
export function takeBackJob(
  job: RunJob,
  { title, remove, isThere }: { title: string; remove: SignalledAction<void>; isThere: SignalledAction<boolean> },
): Compensation<void> {
  return {
    title,
    async do(_, { signal }) {
      const found = await findJob(job, signal);
      if (found && found.status?.state !== 'DONE') await cancelJob(job, signal);
      if (await endsWell(job, signal)) await remove({ signal });
    },
    confirm: async (_, { signal }) => ((await isThere({ signal })) ? 'not-done' : 'done'),
  };
}

/** @throws ConflictError when the job does not end soon; UpstreamError */
export async function endsWell(job: RunJob, signal: AbortSignal): Promise<boolean> {
  const giveUpAt = Date.now() + endTimeoutMs;
  for (;;) {
    const found = await findJob(job, signal);
    if (!found) return false;
    if (found.status?.state === 'DONE') return !found.status.errorResult;
    if (Date.now() > giveUpAt) throw jobFailed(`The job ${job.jobId} does not end.`);
    await setTimeout(followEveryMs, undefined, { signal });
  }
}

type SignalledAction<T> = (context: { signal: AbortSignal }) => Promise<T>;

async function cancelJob(job: RunJob, signal: AbortSignal): Promise<void> {
  await findResource(job.connection, {
    operation: `cancel the job ${job.jobId}`,
    method: 'POST',
    project: job.project,
    path: `/jobs/${encodeURIComponent(job.jobId)}/cancel`,
    query: { location: job.location },
    signal,
  });
}

/** Undefined where there is none. @throws UpstreamError */
export function findJob({ connection, project, location, jobId }: RunJob, signal: AbortSignal) {
  return findResource<bigquery.IJob>(connection, {
    operation: `get the job ${jobId}`,
    project,
    path: `/jobs/${encodeURIComponent(jobId)}`,
    query: { location },
    signal,
  });
}

function jobFailed(message: string): Error {
  return withCode<Error, MlModelsErrorCode>(new ConflictError(message), 'TRAINING_FAILED');
}
