import { ConflictError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { cancelJobInputSchema, cancelJobPermission, formatModelRef } from '@leitstand/plugin-ml-models-common';
import { defineOperation } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { trainedFor } from '../model/temporaryModels';
import { trainedModelOf } from '../model/trainedModelOf';
import { findJob, followJob, type RunJob } from './jobSteps';
import { isModelEntity, refOf, resolveModel } from './modelTarget';
import type { WritableConnections } from './WritableConnections';

/** Stops a training of a model; other jobs that only read it are other people's. */
export function createCancelJobOperation(connections: WritableConnections) {
  const jobOf = (project: string, jobId: string): RunJob => {
    const connection = connections.ofProject(project);
    const { projectId, location } = connection.config;
    return { connection, project: projectId, location, jobId };
  };
  return defineOperation({
    id: 'ml-models-cancel-job',
    title: 'Cancel job',
    description: 'Stops a training of the model that has not ended yet.',
    permission: cancelJobPermission,
    input: cancelJobInputSchema,
    basis: z.object({ jobId: z.string() }),
    appliesTo: isModelEntity,
    resolve: context => resolveModel(connections, context),
    async plan({ resolved, input: { jobId }, signal }) {
      const ref = refOf(resolved.target);
      const job = await findJob(jobOf(ref.project, jobId), signal);
      const trained = job && trainedModelOf(job);
      if (trained === undefined || trainedFor(trained) !== formatModelRef(ref)) {
        throw new NotFoundError(`${formatModelRef(ref)} has no training with the job ${jobId}.`);
      }
      if (job?.status?.state === 'DONE') throw withCode(new ConflictError('The job has ended.'), 'NOTHING_TO_CHANGE');
      return {
        summary: `Cancel the job ${jobId}`,
        changes: [{ label: 'job', before: job?.status?.state ?? 'RUNNING', after: 'cancelled' }],
        warnings: [{ severity: 'info', message: 'What the job has read by then is billed.' }],
        undo: { isPossible: false, note: 'A job that was stopped does not go on.' },
        basis: { jobId },
      };
    },
    async apply({ target, basis, step, wait }) {
      const job = jobOf(target.project ?? '', basis.jobId);
      const follow = followJob(job, { title: 'Wait until it has ended' });
      await step('cancel', {
        title: `Cancel ${basis.jobId}`,
        do: async ({ signal }) => follow.cancel?.({ signal }),
        confirm: async () => 'not-done', // cancelling twice is cancelling once
      });
      await wait('ended', {
        ...follow,
        cancel: undefined,
        async look({ signal }) {
          const found = await findJob(job, signal);
          return !found || found.status?.state === 'DONE' ? { done: undefined } : 'not-yet';
        },
      });
      return `The job ${basis.jobId} has ended.`;
    },
  });
}
