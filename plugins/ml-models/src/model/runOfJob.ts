import type { Job } from '@leitstand/plugin-ml-models-common';

/** The run of the portal that began a job; its id is in the job's. Undefined of jobs that others began. */
export function runOfJob({ id }: Pick<Job, 'id'>): string | undefined {
  return /^leitstand_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_/.exec(id)?.[1];
}
