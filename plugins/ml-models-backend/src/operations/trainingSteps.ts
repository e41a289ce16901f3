import type { ModelRef, TableRef } from '@leitstand/plugin-ml-models-common';
import { formatModelRef } from '@leitstand/plugin-ml-models-common';
import type { ApplyContext } from '@leitstand/plugin-operations-node';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { upstreamErrorOf } from '../client/bigQueryErrors';
import { readModel } from '../model/readModel';
import { beginJob, followJob, jobIdOf, takeBackJob, type RunJob } from './jobSteps';
import { deleteResource, findModel, findTable, modelPath, tablePath } from './resources';

type Context = Pick<ApplyContext<unknown, unknown>, 'runId' | 'step' | 'wait'>;

/** Loads a CSV into a new table, as a load job; taken back when the run does not succeed. */
export async function loadCsv(
  context: Context,
  { connection, table, csv }: { connection: BigQueryConnection; table: TableRef; csv: string },
): Promise<void> {
  const name = `${table.project}.${table.dataset}.${table.table}`;
  const job = runJob(context, connection, 'load');
  await context.step(
    'load',
    beginJob(job, {
      title: `Load the rows into ${name}`,
      begin: () => upload(job, table, csv),
      compensate: takeBackJob(job, {
        title: `Delete the table ${name}`,
        remove: ({ signal }) =>
          deleteResource(connection, {
            operation: `delete the table ${name}`,
            project: table.project,
            path: tablePath(table),
            signal,
          }),
        isThere: async ({ signal }) => (await findTable(connection, table, signal)) !== undefined,
      }),
    }),
  );
  await context.wait('loaded', followJob(job, { title: 'Wait until the rows are loaded' }));
}

/** Trains, and follows the iterations; a model that the run made is taken back when the run does not succeed. */
export async function train(
  context: Context,
  options: { connection: BigQueryConnection; ref: ModelRef; sql: string; maximumBytesBilled: number; isNew: boolean },
): Promise<void> {
  const { connection, ref, sql, maximumBytesBilled, isNew } = options;
  const name = formatModelRef(ref);
  const job = runJob(context, connection, 'train');
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

/** Takes a model back that a job of a run made. */
export function takeBackModel(job: RunJob, ref: ModelRef) {
  const { connection } = job;
  const name = formatModelRef(ref);
  return takeBackJob(job, {
    title: `Delete the model ${name}`,
    remove: ({ signal }) =>
      deleteResource(connection, {
        operation: `delete the model ${name}`,
        project: ref.project,
        path: modelPath(ref),
        signal,
      }),
    isThere: async ({ signal }) => (await findModel(connection, ref, signal)) !== undefined,
  });
}

function runJob(context: Context, connection: BigQueryConnection, step: string): RunJob {
  const { projectId: project, location } = connection.config;
  return { connection, project, location, jobId: jobIdOf(context, step) };
}

/** By the official client: a resumable or multipart upload of a load job. */
async function upload({ connection, location, jobId }: RunJob, table: TableRef, csv: string): Promise<void> {
  const stream = connection.client
    .dataset(table.dataset, { projectId: table.project, location })
    .table(table.table)
    .createWriteStream({
      jobId,
      sourceFormat: 'CSV',
      autodetect: true,
      writeDisposition: 'WRITE_EMPTY',
    });
  try {
    await new Promise<void>((resolve, reject) => {
      stream.once('job', () => resolve());
      stream.once('error', reject);
      stream.end(csv);
    });
  } catch (error) {
    throw upstreamErrorOf({ connection: connection.name, operation: `load rows into ${table.table}` }, error);
  }
}
