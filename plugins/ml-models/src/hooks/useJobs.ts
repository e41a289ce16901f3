import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import type { JobList, UsageReport } from '@leitstand/plugin-ml-models-common';
import { useCallback } from 'react';
import { mlModelsApiRef } from '../api';
import { jobFilterFormat, type JobFilter } from '../model/jobFilter';

/** A job that runs is looked at often. */
const busyPollMs = 3_000;
const quietPollMs = 15_000;
const usagePollMs = 60_000;

/** Jobs that fit a filter, newest first, kept up to date; at most `limit`. */
export function useJobs(filter: JobFilter & { limit: number }, { isBusy = false } = {}): Resource<JobList> {
  const models = useApi(mlModelsApiRef);
  const key = jobFilterFormat.format(filter).toString();
  const { limit } = filter;
  const load = useCallback(
    (signal: AbortSignal) => models.listJobs({ ...jobFilterFormat.parse(new URLSearchParams(key)), limit }, { signal }),
    [models, key, limit],
  );
  return useResource(load, { pollMs: isBusy ? busyPollMs : quietPollMs });
}

/** Who and what billed how much in a month, and in the months before. */
export function useUsage(month: string | undefined): Resource<UsageReport> {
  const models = useApi(mlModelsApiRef);
  const load = useCallback((signal: AbortSignal) => models.getUsage(month, { signal }), [models, month]);
  return useResource(load, { pollMs: usagePollMs });
}
