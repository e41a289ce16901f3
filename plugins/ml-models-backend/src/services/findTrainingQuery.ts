import type bigquery from '@google-cloud/bigquery/build/src/types';
import { formatModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { modelOf } from '../model/modelOf';
import { trainingQueryOf } from '../model/trainingQuery';

const pageSize = 1000;
/** Most jobs of a project that are looked through. */
const maxJobCount = 5_000;

/**
 * The query of a model's last training, from the jobs that upstream remembers (six months). A model that is a copy, as one
 * that was retrained through the door, was trained as what it was copied from.
 *
 * @returns undefined where no such job is known any more, or where it has a form that cannot be read
 * @throws UpstreamError
 */
export async function findTrainingQuery(
  connection: BigQueryConnection,
  ref: ModelRef,
  signal: AbortSignal,
): Promise<string | undefined> {
  const projects = [...new Set([connection.config.projectId, ref.project])];
  const jobs = (await Promise.all(projects.map(project => listEndedJobs(connection, project, signal)))).flat();
  let wanted = formatModelRef(ref);
  for (const job of jobs.sort((a, b) => createdAt(b) - createdAt(a))) {
    const { configuration, jobReference, statistics, status } = job;
    if (status?.errorResult) continue;
    if (nameOf(configuration?.copy?.destinationTable) === wanted) {
      wanted = nameOf(configuration?.copy?.sourceTable) ?? wanted; // what was done to it earlier, under its earlier name
      continue;
    }
    const sql = configuration?.query?.query;
    const isTraining = statistics?.query?.statementType === 'CREATE_MODEL';
    if (sql && isTraining && modelOf(sql, jobReference?.projectId ?? ref.project) === wanted)
      return trainingQueryOf(sql);
  }
  return undefined;
}

async function listEndedJobs(
  connection: BigQueryConnection,
  project: string,
  signal: AbortSignal,
): Promise<bigquery.IJob[]> {
  const jobs: bigquery.IJob[] = [];
  let pageToken: string | undefined;
  do {
    const page = await connection.request<bigquery.IJobList>({
      operation: `list the jobs of ${project}`,
      project,
      path: '/jobs',
      query: { allUsers: true, projection: 'full', maxResults: pageSize, stateFilter: 'done', pageToken },
      signal,
    });
    jobs.push(...(page.jobs ?? []));
    pageToken = page.nextPageToken || undefined;
  } while (pageToken !== undefined && jobs.length < maxJobCount);
  return jobs;
}

function createdAt({ statistics }: bigquery.IJob): number {
  return Number(statistics?.creationTime ?? 0);
}

function nameOf(table: bigquery.ITableReference | undefined): string | undefined {
  return table && `${table.projectId}.${table.datasetId}.${table.tableId}`;
}
