import type { JobListQuery } from '@leitstand/plugin-ml-models-common';

/** What is asked of the jobs; also the form of the page's address. */
export type JobFilter = Pick<JobListQuery, 'user' | 'model' | 'month' | 'state'>;

/** The states that can be asked for, most urgent first. */
export const jobStates: readonly string[] = ['running', 'failed', 'done'] satisfies JobFilter['state'][];

/** Whether a word names a state of jobs. */
export function isJobState(word: string | null | undefined): word is NonNullable<JobFilter['state']> {
  return jobStates.includes(word ?? '');
}

export const jobFilterFormat = {
  parse(params: URLSearchParams): JobFilter {
    const state = params.get('state');
    const month = params.get('month') ?? '';
    return {
      user: params.get('user') ?? undefined,
      model: params.get('model') ?? undefined,
      month: /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined,
      state: isJobState(state) ? state : undefined,
    };
  },
  format(filter: JobFilter): URLSearchParams {
    const params = new URLSearchParams();
    for (const name of ['user', 'model', 'month', 'state'] as const) {
      if (filter[name]) params.set(name, filter[name]);
    }
    return params;
  },
};

/** The months up to the present one, newest first, as `2026-11` in UTC. */
export function lastMonths(count: number, now: Date): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - index, 1)).toISOString().slice(0, 7),
  );
}
