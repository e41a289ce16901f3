import type bigquery from '@google-cloud/bigquery/build/src/types';
import type { Job } from '@leitstand/plugin-ml-models-common';
import type { Price } from '../config';
import { costOf } from './cost';
import { modelOf } from './modelOf';
import { trainedModelOf } from './trainedModelOf';

/** The job resource (`Job` of the API v2) as the portal shows it; the query's text stays inside. */
export function readJob(job: bigquery.IJob, price: Price | undefined): Job | undefined {
  const { jobReference: reference, statistics, configuration } = job;
  if (!reference?.jobId || !reference.projectId) return undefined;
  const bytesBilled = Number(statistics?.query?.totalBytesBilled ?? 0);
  const project = reference.projectId;
  return {
    project,
    location: reference.location ?? '',
    id: reference.jobId,
    type: configuration?.jobType ?? 'QUERY',
    statementType: statistics?.query?.statementType,
    user: (job as { user_email?: string }).user_email ?? '',
    model:
      statistics?.query?.statementType === 'CREATE_MODEL'
        ? trainedModelOf(job)
        : modelOf(configuration?.query?.query, project),
    state: stateOf(job.status?.state),
    error: errorOf(job.status?.errorResult),
    bytesProcessed: Number(statistics?.totalBytesProcessed ?? statistics?.query?.totalBytesProcessed ?? 0),
    bytesBilled,
    cost: costOf(bytesBilled, price),
    createdAt: timeOf(statistics?.creationTime) ?? new Date(0).toISOString(),
    startedAt: timeOf(statistics?.startTime),
    endedAt: timeOf(statistics?.endTime),
    labels: configuration?.labels ?? {},
  };
}

const states = ['PENDING', 'RUNNING', 'DONE'] as const;

function stateOf(state: string | undefined): Job['state'] {
  return states.find(known => known === state) ?? 'DONE';
}

function errorOf(error: bigquery.IErrorProto | undefined): Job['error'] {
  return error && { reason: error.reason ?? 'unknown', message: wordsOfJobError(error) };
}

/** Why a job failed, in words of ours: BigQuery's can quote data, and many read them. */
export function wordsOfJobError({ reason = 'unknown' }: bigquery.IErrorProto): string {
  return messages[reason] ?? `BigQuery refused or failed (${reason}); its console shows the details.`;
}

/** Source: {@link https://cloud.google.com/bigquery/docs/error-messages} */
const messages: Record<string, string> = {
  accessDenied: 'The account may not read or write something that the job needs.',
  bytesBilledLimitExceeded: 'The job would have billed more than its limit.',
  duplicate: 'Something of that name is there already.',
  invalid: 'The rows or the options do not fit; the console of BigQuery shows the details.',
  invalidQuery: 'The query is not valid, or met a value that it cannot handle.',
  notFound: 'A dataset, table or model of the job does not exist.',
  quotaExceeded: 'A quota of the project is used up.',
  rateLimitExceeded: 'Too many requests in a short time.',
  resourcesExceeded: 'The job needs more resources than one may have.',
  stopped: 'Somebody cancelled the job.',
};

function timeOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : new Date(Number(text)).toISOString();
}
