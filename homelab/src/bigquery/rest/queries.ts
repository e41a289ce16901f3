// jobs.query and jobs.getQueryResults: https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query
import type { JobConfiguration, JobDocument, QueryConfiguration } from '../jobs/JobDocument';
import { BigQueryError } from '../model';
import type { ApiRequest, Reply } from './ApiRequest';
import { cellsOf } from './cells';
import { jobReference } from './jobJson';
import { fitting, pageToken, readPage } from './paging';

/** How long a request waits for its job when it does not say. */
const defaultTimeoutMs = 10_000;
const maxPageRows = 100_000;
/** As long as BigQuery takes the same `requestId` for the same request. */
const requestLifeMs = 15 * 60 * 1000;

/** What of a query request belongs to the job. */
const queryKeys = [
  'query',
  'useLegacySql',
  'parameterMode',
  'queryParameters',
  'defaultDataset',
  'maximumBytesBilled',
  'useQueryCache',
] as const;

function configurationOf(body: Record<string, unknown>): JobConfiguration {
  const query = Object.fromEntries(queryKeys.filter(key => body[key] !== undefined).map(key => [key, body[key]]));
  const { dryRun, labels, jobTimeoutMs } = body as JobConfiguration;
  return {
    query: query as unknown as QueryConfiguration,
    ...(dryRun && { dryRun }),
    ...(labels && { labels }),
    ...(jobTimeoutMs && { jobTimeoutMs }),
  };
}

/** The answer for a job: a page of its result when it is done. @throws BigQueryError the job's failure */
function results({ jobs, caller }: ApiRequest, job: JobDocument, query: URLSearchParams): Record<string, unknown> {
  const isDry = job.configuration.dryRun === true;
  const reference = isDry ? { projectId: job.project, location: job.location } : jobReference(job);
  if (job.state !== 'DONE') return { jobReference: reference, jobComplete: false };
  const relation = isDry ? { fields: job.resultFields ?? [], rows: [] } : jobs.result(job);
  const statistics = job.statistics.query ?? {};
  const { startIndex, maxResults } = readPage(query, maxPageRows);
  const useInt64Timestamp =
    query.get('formatOptions.useInt64Timestamp') === 'true' ||
    query.get('formatOptions.timestampOutputFormat') === 'INT64';
  const page = relation && {
    ...relation,
    rows: relation.rows.slice(startIndex, startIndex + Math.min(maxResults, maxPageRows)),
  };
  const rows = page ? fitting(cellsOf(page, { useInt64Timestamp })) : [];
  const end = startIndex + rows.length;
  return {
    jobReference: reference,
    jobComplete: true,
    ...(relation && { schema: { fields: relation.fields }, totalRows: String(relation.rows.length) }),
    ...(rows.length > 0 && { rows }),
    ...(relation && end < relation.rows.length && maxResults > 0 && { pageToken: pageToken(end) }),
    totalBytesProcessed: job.statistics.totalBytesProcessed ?? '0',
    cacheHit: statistics.cacheHit ?? false,
    ...(statistics.numDmlAffectedRows !== undefined && { numDmlAffectedRows: statistics.numDmlAffectedRows }),
    ...(statistics.dmlStats !== undefined && { dmlStats: statistics.dmlStats }),
    ...(caller.email === job.userEmail && { location: job.location }),
  };
}

/** The job of a request that was sent before. */
function repeated({ params, body, jobs, warehouse }: ApiRequest): JobDocument | undefined {
  const { requestId } = body;
  if (typeof requestId !== 'string') return undefined;
  return jobs.findByRequest(params.project, requestId, warehouse.clock.now() - requestLifeMs);
}

/** Runs a query and answers with the first page, or with the job when it takes too long. */
export async function runQueryRequest(request: ApiRequest): Promise<Reply> {
  const { params, body, caller, jobs } = request;
  const requestId = typeof body.requestId === 'string' ? body.requestId : undefined;
  const location = typeof body.location === 'string' ? body.location : undefined;
  const configuration = configurationOf(body);
  const job =
    repeated(request) ?? (await jobs.insert({ project: params.project, location, configuration, caller, requestId }));
  await jobs.wait(job, Number(body.timeoutMs ?? defaultTimeoutMs));
  const query = new URLSearchParams();
  if (body.maxResults !== undefined) query.set('maxResults', String(body.maxResults));
  for (const [name, value] of Object.entries((body.formatOptions ?? {}) as object))
    query.set(`formatOptions.${name}`, String(value));
  // Only this answer says it: that of getQueryResults has no such field.
  const totalBytesBilled = job.statistics.query?.totalBytesBilled ?? '0';
  return { kind: 'bigquery#queryResponse', ...results(request, job, query), totalBytesBilled };
}

/** Waits for a job and answers with a page of its result. */
export async function getQueryResults(request: ApiRequest): Promise<Reply> {
  const { params, query, jobs } = request;
  const job = jobs.get(params.project, params.job, query.get('location') ?? undefined);
  if (!job.configuration.query) {
    throw new BigQueryError('Cannot list a table of type JOB: the job is no query', { reason: 'invalid' });
  }
  await jobs.wait(job, Number(query.get('timeoutMs') ?? defaultTimeoutMs));
  return { kind: 'bigquery#getQueryResultsResponse', ...results(request, job, query) };
}
