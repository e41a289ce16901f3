import type { Job } from '@leitstand/plugin-ml-models-common';
import { useState } from 'react';
import { trainsModel } from '../model/trainsModel';
import { useJobs } from './useJobs';

/** More do not run at once. */
const maxJobCount = 200;

/**
 * The job that trains a model, or what may take its place, at the moment. Undefined where there is none, or jobs may not be
 * read. While it is watched, one that has just begun is found within seconds.
 */
export function useTrainingJob(model: string, { isWatched }: { isWatched: boolean }): Job | undefined {
  const [isBusy, setIsBusy] = useState(false);
  const { value } = useJobs({ state: 'running', limit: maxJobCount }, { isBusy: isBusy || isWatched });
  const job = value?.items.find(candidate => trainsModel(candidate, model));
  if (value && isBusy !== (job !== undefined)) setIsBusy(job !== undefined);
  return job;
}
