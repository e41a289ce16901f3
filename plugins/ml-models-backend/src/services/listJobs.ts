import type bigquery from '@google-cloud/bigquery/build/src/types';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { pagesOf } from '../client/pagesOf';

/** Which jobs are looked for. */
export interface JobSearch<T> {
  project: string;
  /** Of `jobs.list`, besides whose they are. */
  query: Record<string, string | number>;
  /** Most jobs that are looked through. */
  maxCount: number;
  /** What is kept of a job; undefined passes it over. Jobs carry their whole statements: none is kept longer than its page. */
  read(job: bigquery.IJob): T | undefined;
  signal: AbortSignal;
}

/**
 * Jobs of everybody, the newest first.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/list}
 *
 * @throws UpstreamError
 */
export async function listJobs<T>(connection: BigQueryConnection, search: JobSearch<T>): Promise<T[]> {
  const { project, maxCount, read, signal } = search;
  const request = {
    operation: `list the jobs of ${project}`,
    project,
    path: '/jobs',
    query: { allUsers: true, projection: 'full', ...search.query },
    answerHas: 'kind',
    signal,
  };
  const found: T[] = [];
  let seenCount = 0;
  for await (const { jobs = [] } of pagesOf<bigquery.IJobList>(connection, request)) {
    found.push(...jobs.flatMap(job => read(job) ?? []));
    seenCount += jobs.length;
    if (seenCount >= maxCount) break;
  }
  return found;
}
