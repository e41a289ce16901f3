import type { Job } from '@leitstand/plugin-ml-models-common';
import { useState } from 'react';
import { useJobs } from './useJobs';

/** The job that trains a model at the moment. Undefined where there is none, or jobs may not be read. */
export function useTrainingJob(model: string): Job | undefined {
  const [isBusy, setIsBusy] = useState(false);
  const { value } = useJobs({ model, state: 'running', limit: 10 }, { isBusy });
  const job = value?.items.find(({ statementType }) => statementType === 'CREATE_MODEL');
  if (value && isBusy !== (job !== undefined)) setIsBusy(job !== undefined);
  return job;
}
