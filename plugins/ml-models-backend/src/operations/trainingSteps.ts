import { formatModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import type { ApplyContext, Compensation } from '@leitstand/plugin-operations-node';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { readModel } from '../model/readModel';
import { beginJob, findJob, followJob, runJobOf, takeBackJob, type RunJob } from './jobSteps';
import { etagOf } from './planStale';
import { deleteResource, findModel, modelPath } from './resources';

type Context = Pick<ApplyContext<unknown, unknown>, 'runId' | 'step' | 'wait'>;

/** Trains, and follows the iterations; a model that the run made is taken back when the run does not succeed. */
export async function train(
  context: Context,
  options: { connection: BigQueryConnection; ref: ModelRef; sql: string; maximumBytesBilled: number; isNew: boolean },
): Promise<void> {
  const { connection, ref, sql, maximumBytesBilled, isNew } = options;
  const name = formatModelRef(ref);
  const job = runJobOf(context, connection, 'train');
  const { project, location, jobId } = job;
  await context.step(
    'train',
    beginJob(job, {
      title: `Train ${name}`,
      begin: async ({ signal }) => {
        await connection.request({
          operation: `train ${name}`,
          method: 'POST',
          path: '/jobs',
          body: {
            jobReference: { projectId: project, location, jobId },
            configuration: {
              labels: { leitstand: 'train' },
              query: { query: sql, useLegacySql: false, maximumBytesBilled: String(maximumBytesBilled) },
            },
          },
          signal,
        });
      },
      ...(isNew ? { compensate: takeBackModel(job, ref) } : {}),
    }),
  );
  const describe = async ({ signal }: { signal: AbortSignal }) => {
    const model = await findModel(connection, ref, signal);
    const iterations = model && readModel(model, ref).trainingRuns.at(-1)?.iterations;
    const last = iterations?.at(-1);
    return last && `Iteration ${iterations!.length}, loss ${Number(last.trainingLoss?.toPrecision(4) ?? Number.NaN)}`;
  };
  await context.wait('trained', followJob(job, { title: 'Wait until it is trained', describe }));
}

/** Takes a model back that a job of a run made. One that somebody made anew since is theirs, and stays. */
export function takeBackModel(job: RunJob, ref: ModelRef): Compensation<void> {
  const { connection } = job;
  const name = formatModelRef(ref);
  const findOurs = async (signal: AbortSignal) => {
    const [model, made] = await Promise.all([findModel(connection, ref, signal), findJob(job, signal)]);
    const startedAt = model && readModel(model, ref).trainingRuns.at(-1)?.startedAt;
    const isNewer = startedAt !== undefined && Date.parse(startedAt) > Number(made?.statistics?.endTime);
    return isNewer ? undefined : model;
  };
  return takeBackJob(job, {
    title: `Delete the model ${name}`,
    async remove({ signal }) {
      const model = await findOurs(signal);
      if (!model) return;
      await deleteResource(connection, {
        operation: `delete the model ${name}`,
        project: ref.project,
        path: modelPath(ref),
        headers: { 'If-Match': etagOf(model, ref) },
        signal,
      });
    },
    isThere: async ({ signal }) => (await findOurs(signal)) !== undefined,
  });
}
