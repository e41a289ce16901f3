import type bigquery from '@google-cloud/bigquery/build/src/types';
import { ConflictError } from '@backstage/errors';
import type { TableRef } from '@leitstand/plugin-ml-models-common';
import type { PlanWarning } from '@leitstand/plugin-operations-common';
import type { ApplyContext } from '@leitstand/plugin-operations-node';
import { upstreamErrorOf } from '../client/bigQueryErrors';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { quoteTable } from '../client/identifiers';
import { beginJob, endsWell, findJob, followJob, runJobOf, takeBackJob, type RunJob } from './jobSteps';
import { planStale } from './planStale';
import { deleteResource, findTable, tablePath } from './resources';

/** Most that taking the rows of a CSV out again may bill, in bytes: a CSV has at most a megabyte, and ten are the least. */
const maximumBytesBilled = 10 * 1024 ** 2;

/** What is loaded where. */
interface CsvLoad {
  connection: BigQueryConnection;
  table: TableRef;
  csv: string;
}

/** What a plan says of the way back. */
export function warningOfLoad(table: string): PlanWarning {
  return {
    severity: 'info',
    message: `If the run fails, the table ${table} goes again. It is not loaded into a table that somebody makes meanwhile; should the two meet all the same, only the rows are taken out.`,
  };
}

/**
 * Loads a CSV into a new table, as a load job; taken back when the run does not succeed.
 *
 * @throws ConflictError with code `PLAN_STALE` when there is a table of that name by now
 */
export async function loadCsv(
  context: Pick<ApplyContext<unknown, unknown>, 'runId' | 'step' | 'wait'>,
  { connection, table, csv }: CsvLoad,
): Promise<void> {
  const name = nameOf(table);
  const job = runJobOf(context, connection, 'load');
  await context.step('load-place', {
    title: `See that there is no table ${name} yet`,
    async do({ signal }) {
      if (await findTable(connection, table, signal)) throw planStale(`There is a table ${name} by now.`);
    },
    confirm: async () => 'not-done',
  });
  await context.step(
    'load',
    beginJob(job, {
      title: `Load the rows into ${name}`,
      begin: () => upload(job, table, csv),
      compensate: takeBackJob(job, {
        title: `Delete the table ${name}`,
        remove: ({ signal }) => takeBackRows(job, table, signal),
        isThere: ({ signal }) => isLoaded(job, table, signal),
      }),
    }),
  );
  await context.wait('loaded', followJob(job, { title: 'Wait until the rows are loaded' }));
}

/** A load job fills an empty table as well: one that is older than the job is somebody else's, and stays. */
async function takeBackRows(job: RunJob, table: TableRef, signal: AbortSignal): Promise<void> {
  const { connection } = job;
  const [found, loaded] = await Promise.all([findTable(connection, table, signal), findJob(job, signal)]);
  if (!found || !loaded) return;
  if (isOlder(found, loaded)) {
    await empty(job, { table, found, loaded, signal });
    return;
  }
  await deleteResource(connection, {
    operation: `delete the table ${nameOf(table)}`,
    project: table.project,
    path: tablePath(table),
    signal,
  });
}

async function isLoaded(job: RunJob, table: TableRef, signal: AbortSignal): Promise<boolean> {
  const [found, loaded] = await Promise.all([findTable(job.connection, table, signal), findJob(job, signal)]);
  return found !== undefined && loaded !== undefined && !(isOlder(found, loaded) && Number(found.numRows) === 0);
}

function isOlder(table: bigquery.ITable, { statistics }: bigquery.IJob): boolean {
  return Number(table.creationTime) < Number(statistics?.creationTime);
}

/** @throws ConflictError when there are rows of others too; UpstreamError */
async function empty(
  job: RunJob,
  options: { table: TableRef; found: bigquery.ITable; loaded: bigquery.IJob; signal: AbortSignal },
): Promise<void> {
  const { table, found, loaded, signal } = options;
  const rowCount = Number(found.numRows);
  if (rowCount === 0) return;
  const title = `take the rows out of ${nameOf(table)}`;
  if (rowCount !== Number(loaded.statistics?.load?.outputRows)) {
    throw new ConflictError(`Could not ${title}: somebody else's are among them. Take them out by hand.`);
  }
  const { connection, project, location } = job;
  const undo = { ...job, jobId: `${job.jobId}_undo` };
  const begin = async () => {
    await connection.request({
      operation: title,
      method: 'POST',
      path: '/jobs',
      body: {
        jobReference: { projectId: project, location, jobId: undo.jobId },
        configuration: {
          query: {
            query: `DELETE FROM ${quoteTable(table)} WHERE TRUE`,
            useLegacySql: false,
            maximumBytesBilled: String(maximumBytesBilled),
          },
        },
      },
      signal,
    });
  };
  await beginJob(undo, { title, begin }).do({ signal, progress: () => {} });
  if (!(await endsWell(undo, signal))) throw new ConflictError(`Could not ${title}: the job failed.`);
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

function nameOf({ project, dataset, table }: TableRef): string {
  return `${project}.${dataset}.${table}`;
}
