// https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs
import type { JobConfiguration, JobDocument } from '../jobs/JobDocument';
import { isFailed, type JobRequest } from '../jobs/Jobs';
import { BigQueryError } from '../model';
import type { ApiRequest, Reply } from './ApiRequest';
import { requireWriter } from './callers';
import { jobJson } from './jobJson';
import { pageOf } from './paging';

/** A job as the body of a request describes it. @throws BigQueryError `invalid` */
export function jobRequest({ params, body, caller }: ApiRequest, file?: Buffer): JobRequest {
  const { jobId, location, projectId } = (body.jobReference ?? {}) as Record<string, string | undefined>;
  const { configuration } = body;
  if (typeof configuration !== 'object' || configuration === null) {
    throw new BigQueryError('Required parameter is missing', { reason: 'invalid', location: 'configuration' });
  }
  if (projectId !== undefined && projectId !== params.project) {
    throw new BigQueryError('Value for projectId in content does not agree with value in path', { reason: 'invalid' });
  }
  if (jobId !== undefined && !/^[\w-]{1,1024}$/.test(jobId)) {
    throw new BigQueryError(`Invalid job ID "${jobId}"`, { reason: 'invalid', location: 'jobId' });
  }
  return { project: params.project, jobId, location, configuration: configuration as JobConfiguration, caller, file };
}

export async function insertJob(request: ApiRequest): Promise<Reply> {
  return jobJson(await request.jobs.insert(jobRequest(request)));
}

export function getJob({ params, query, jobs }: ApiRequest): Reply {
  return jobJson(jobs.get(params.project, params.job, query.get('location') ?? undefined));
}

function isWanted(job: JobDocument, { caller, query }: ApiRequest): boolean {
  const states = query.getAll('stateFilter').map(state => state.toUpperCase());
  return (
    (query.get('allUsers') === 'true' || job.userEmail === caller.email) &&
    (states.length === 0 || states.includes(job.state)) &&
    job.createdAt >= Number(query.get('minCreationTime') ?? 0) &&
    job.createdAt <= Number(query.get('maxCreationTime') ?? Infinity)
  );
}

/** Newest first; without `projection=full` the configuration is left out. */
export function listJobs(request: ApiRequest): Reply {
  const { params, query, jobs } = request;
  const all = jobs.list(params.project).filter(job => isWanted(job, request));
  const { items, nextPageToken } = pageOf(all, query);
  const listed = items.map(job => {
    const { configuration, ...whole } = jobJson(job);
    const errorResult = isFailed(job) ? { errorResult: job.errors?.[0] } : {};
    return { ...whole, state: job.state, ...errorResult, ...(query.get('projection') === 'full' && { configuration }) };
  });
  return { kind: 'bigquery#jobList', ...(listed.length > 0 && { jobs: listed }), nextPageToken };
}

/** Asks a job to end; it goes on answering with its state until it has. */
export function cancelJob({ params, query, jobs, caller }: ApiRequest): Reply {
  const job = jobs.get(params.project, params.job, query.get('location') ?? undefined);
  if (job.userEmail !== caller.email)
    requireWriter(caller, 'bigquery.jobs.update', `Job ${params.project}:${params.job}`);
  jobs.cancel(job);
  return { kind: 'bigquery#jobCancelResponse', job: jobJson(job) };
}

/** Takes a job that is done out of the list. */
export async function deleteJob({ params, query, jobs, caller }: ApiRequest): Promise<Reply> {
  const job = jobs.get(params.project, params.job, query.get('location') ?? undefined);
  requireWriter(caller, 'bigquery.jobs.delete', `Job ${params.project}:${params.job}`);
  if (job.state !== 'DONE') throw new BigQueryError('Job is still running', { reason: 'invalid' });
  await jobs.delete(job);
  return undefined;
}
