import type { JobDocument } from '../jobs/JobDocument';
import { isFailed } from '../jobs/Jobs';

export function jobReference({ project, jobId, location }: JobDocument) {
  return { projectId: project, jobId, location };
}

/** Times of jobs are texts, and absent until they come. */
function times({ createdAt, startedAt, endedAt }: JobDocument) {
  return {
    creationTime: String(createdAt),
    ...(startedAt !== undefined && { startTime: String(startedAt) }),
    ...(endedAt !== undefined && { endTime: String(endedAt) }),
  };
}

function statusOf(job: JobDocument): object {
  const { state, errors = [] } = job;
  if (errors.length === 0) return { state };
  return { ...(isFailed(job) && { errorResult: errors[0] }), errors, state };
}

function statisticsOf(job: JobDocument): object {
  const { statistics, configuration, resultFields, startedAt, endedAt } = job;
  const schema = configuration.dryRun && resultFields ? { schema: { fields: resultFields } } : {};
  return {
    ...times(job),
    ...statistics,
    ...(startedAt !== undefined && endedAt !== undefined && { finalExecutionDurationMs: String(endedAt - startedAt) }),
    ...(statistics.query && { query: { ...statistics.query, ...schema } }),
  };
}

/** A `Job`. A dry run has no id, as it was never kept. */
export function jobJson(job: JobDocument): Record<string, unknown> {
  const { project, jobId, location, userEmail, configuration } = job;
  const isDry = configuration.dryRun === true;
  return {
    kind: 'bigquery#job',
    ...(!isDry && { id: `${project}:${location}.${jobId}` }),
    user_email: userEmail,
    configuration,
    jobReference: isDry ? { projectId: project, location } : jobReference(job),
    statistics: statisticsOf(job),
    status: statusOf(job),
  };
}
