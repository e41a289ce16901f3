import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { PlanWarning } from '@leitstand/plugin-operations-common';
import type { ApplyContext, ApplyResult, OperationStep, OperationWait } from '@leitstand/plugin-operations-node';
import {
  noInputSchema,
  RUN_CRON_JOB_OPERATION,
  runCronJobPermission,
  type RolloutsErrorCode,
} from '@leitstand/plugin-rollouts-common';
import type { KubernetesClient } from '../client/KubernetesClient';
import { documentTypeOf, type CronJobDocument } from '../model/workloadDocuments';
import { countOf } from '../model/words';
import { jobType, type Job } from '../model/workloadObjects';
import { changeCauseOf } from './changeCause';
import { defineWorkloadOperation } from './defineWorkloadOperation';
import { FIELD_MANAGER } from './fieldManager';
import { followEveryMs, sitOut } from './followRollout';
import { manualJobOf } from './manualJob';
import { checkObjectBasis, objectBasisOf, objectBasisSchema, type ObjectBasis } from './objectBasis';
import { isNotFound } from './patchGuarded';
import type { WorkloadReader } from './WorkloadReader';

type Context = ApplyContext<unknown, ObjectBasis>;

/** How long a job is followed, in milliseconds; one that takes longer is ended. */
const jobTimeoutMs = 24 * 3_600_000;

/** Starts a job of a CronJob now, as `kubectl create job --from` does it. */
export function createRunCronJobOperation(workloads: WorkloadReader) {
  return defineWorkloadOperation(workloads, {
    id: RUN_CRON_JOB_OPERATION,
    title: 'Run now',
    description: 'Starts a job of the CronJob now and waits until it has ended.',
    permission: runCronJobPermission,
    input: noInputSchema,
    basis: objectBasisSchema,
    kinds: ['CronJob'],
    async plan({ client, workload, requester, signal }) {
      const { namespace, name } = workload.metadata;
      const active = workload.status.active.length;
      const body = manualJobOf(workload, { name: jobNameOf(name, 'plan'), cause: `started by ${requester}` });
      await client.create(jobType, namespace, { body, fieldManager: FIELD_MANAGER, dryRun: true, signal });
      return {
        summary: `Run ${name} now`,
        changes: [{ label: 'running jobs', before: String(active), after: String(active + 1) }],
        warnings: warningsOf(workload),
        undo: { isPossible: false, note: 'What a job has done stays done. Stopping the run deletes the job.' },
        basis: objectBasisOf(workload),
      };
    },
    async apply(client, context): Promise<ApplyResult> {
      const job = jobNameOf(context.target.name, context.runId);
      const uid = await context.step('create', createStep(client, context, job));
      const result = await context.wait('follow', jobWait(client, { context, job, uid }));
      return { result, output: { job } };
    },
  });
}

/** The same for the same run, so that it can be looked up; at most 52 characters, as the pods' names add to it. */
function jobNameOf(cronJob: string, runId: string): string {
  const suffix = createHash('sha256').update(runId).digest('hex').slice(0, 8);
  return `${cronJob.slice(0, 36).replace(/[-.]+$/, '')}-manual-${suffix}`;
}

/** Its output is the job's uid. */
function createStep(client: KubernetesClient, context: Context, job: string): OperationStep<string> {
  const namespace = context.target.namespace ?? '';
  return {
    title: `Create the job ${job}`,
    async do({ signal }) {
      const place = { namespace, name: context.target.name };
      const cronJob = await client.get(documentTypeOf('CronJob'), place, signal);
      checkObjectBasis(cronJob, context.basis);
      if (cronJob.kind !== 'CronJob') throw new Error('Not a CronJob');
      const body = manualJobOf(cronJob, { name: job, cause: changeCauseOf('started', context) });
      const created = await client.create(jobType, namespace, {
        ...{ body, fieldManager: FIELD_MANAGER, dryRun: false, signal },
      });
      return created.metadata.uid;
    },
    async confirm({ signal }) {
      const found = await readJob(client, { namespace, name: job }, signal);
      return found ? { output: found.metadata.uid } : 'not-done';
    },
  };
}

function jobWait(
  client: KubernetesClient,
  { context, job, uid }: { context: Context; job: string; uid: string },
): OperationWait<string> {
  const place = { namespace: context.target.namespace ?? '', name: job };
  return {
    title: 'Wait until the job has ended',
    everyMs: followEveryMs,
    timeoutMs: jobTimeoutMs,
    look: step =>
      sitOut(step, async () => {
        const found = await readJob(client, place, step.signal);
        if (found?.metadata.uid !== uid) throw jobFailed(`The job ${job} was deleted before it had ended.`);
        return judge(found, step.progress);
      }),
    async cancel({ signal }) {
      try {
        await client.delete(jobType, place, { uid, dryRun: false, signal });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },
  };
}

/** @throws ConflictError with code `JOB_FAILED` */
function judge({ metadata, status }: Job, progress: (message: string) => void): { done: string } | 'not-yet' {
  const ended = status.conditions.find(
    ({ type, status: is }) => is === 'True' && ['Complete', 'Failed'].includes(type),
  );
  if (ended?.type === 'Complete') return { done: `The job ${metadata.name} is complete.` };
  if (ended) {
    const why = ended.reason ? ` (${ended.reason})` : '';
    throw jobFailed(`The job ${metadata.name} has failed${why}. Look at the logs of its pods.`);
  }
  const failures = status.failed > 0 ? `, ${countOf(status.failed, 'pod')} failed so far` : '';
  progress(`${countOf(status.active, 'pod')} running${failures}`);
  return 'not-yet';
}

async function readJob(client: KubernetesClient, place: { namespace: string; name: string }, signal: AbortSignal) {
  try {
    return await client.get(jobType, place, signal);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function warningsOf({ spec, status }: CronJobDocument): PlanWarning[] {
  const warnings: PlanWarning[] = [];
  if (status.active.length > 0) {
    const count = countOf(status.active.length, 'job');
    const policy =
      spec.concurrencyPolicy === 'Allow'
        ? ''
        : ` The policy ${spec.concurrencyPolicy} does not hold for jobs that are started by hand.`;
    warnings.push({
      severity: 'warning',
      message: `${count} of it ${status.active.length === 1 ? 'runs' : 'run'} already.${policy}`,
    });
  }
  if (spec.suspend)
    warnings.push({ severity: 'info', message: 'Its schedule is suspended; this one job is started nonetheless.' });
  return warnings;
}

function jobFailed(message: string): Error {
  return withCode<Error, RolloutsErrorCode>(new ConflictError(message), 'JOB_FAILED');
}
