import type bigquery from '@google-cloud/bigquery/build/src/types';
import type { Observed } from '@leitstand/plugin-kit-node';
import type { Job, JobList, JobListQuery, Usage, UsageReport } from '@leitstand/plugin-ml-models-common';
import { monthOf, monthsUntil, rangeOfMonth } from '../lib/months';
import { costOf } from '../model/cost';
import { readJob } from '../model/readJob';
import { trainedFor } from '../model/temporaryModels';
import type { BigQueryConnections, ReadConnection } from './BigQueryConnections';
import { listJobs } from './listJobs';
import { freshnessOf } from './ModelService';

/** How old the jobs of the present month may be, in milliseconds; those of earlier months hardly change. */
const presentAgeMs = 5_000;
const pastAgeMs = 60 * 60_000;
/** Most jobs of one project and month that are read. */
const maxJobCount = 20_000;
const usageMonthCount = 6;

/** Jobs and what they cost, of everybody whom upstream lets the portal's account see. */
export class JobService {
  readonly #connections: BigQueryConnections;
  readonly #now: () => Date;

  constructor(connections: BigQueryConnections, now: () => Date = () => new Date()) {
    this.#connections = connections;
    this.#now = now;
  }

  /** Newest first. @throws NotFoundError with code `CONNECTION_UNKNOWN`; UpstreamError */
  async list(query: JobListQuery & { limit: number }): Promise<JobList> {
    const { connection, month = monthOf(this.#now()), cursor, limit } = query;
    const sources = connection === undefined ? this.#connections.all : [this.#connections.get(connection)];
    const observed = await Promise.all(sources.map(source => this.#read(source, month)));
    const jobs = observed
      .flatMap(({ value }) => value)
      .filter(job => matches(job, query))
      .sort((a, b) => compare(b.createdAt, a.createdAt) || compare(a.id, b.id));
    const start = cursor === undefined ? 0 : jobs.findIndex(({ id }) => id === cursor) + 1;
    const items = jobs.slice(start, start + limit);
    return {
      items,
      nextCursor: start + items.length < jobs.length ? items.at(-1)?.id : undefined,
      freshness: oldest(observed),
    };
  }

  /** @throws UpstreamError */
  async usage(month: string = monthOf(this.#now())): Promise<UsageReport> {
    const months = monthsUntil(month, usageMonthCount);
    const observed = await Promise.all(
      months.flatMap(each => this.#connections.all.map(source => this.#read(source, each))),
    );
    const all = observed.flatMap(({ value }) => value);
    const jobsOf = (each: string) => all.filter(({ createdAt }) => createdAt.startsWith(each));
    const present = jobsOf(month);
    return {
      month,
      byUser: this.#sum(present, ({ user }) => user),
      byModel: this.#sum(
        present.filter(({ model }) => model !== undefined),
        ({ model = '' }) => trainedFor(model),
      ),
      byMonth: months.map(key => this.#usageOf(key, jobsOf(key))),
      freshness: oldest(observed) ?? { observedAt: this.#now().toISOString() },
    };
  }

  /** Largest first. */
  #sum(jobs: Job[], keyOf: (job: Job) => string): Usage[] {
    const byKey = new Map<string, Job[]>();
    for (const job of jobs) {
      const key = keyOf(job);
      const list = byKey.get(key);
      if (list) list.push(job);
      else byKey.set(key, [job]);
    }
    return [...byKey]
      .map(([key, list]) => this.#usageOf(key, list))
      .sort((a, b) => b.bytesBilled - a.bytesBilled || b.jobCount - a.jobCount);
  }

  #usageOf(key: string, jobs: Job[]): Usage {
    const bytesBilled = jobs.reduce((sum, job) => sum + job.bytesBilled, 0);
    return {
      key,
      jobCount: jobs.length,
      failedCount: jobs.filter(({ error }) => error !== undefined).length,
      bytesBilled,
      cost: costOf(bytesBilled, this.#connections.config.price),
    };
  }

  #read(source: ReadConnection, month: string): Promise<Observed<Job[]>> {
    const maxAgeMs = month === monthOf(this.#now()) ? presentAgeMs : pastAgeMs;
    const { price } = this.#connections.config;
    return source.reads.get(`jobs ${month}`, {
      maxAgeMs,
      read: async signal => {
        const { connection } = source;
        const { from, to } = rangeOfMonth(month);
        const query = { minCreationTime: from.getTime(), maxCreationTime: to.getTime() - 1 };
        const read = (job: bigquery.IJob) => readJob(job, price);
        const lists = await Promise.all(
          connection.config.projects.map(project =>
            listJobs(connection, { project, query, maxCount: maxJobCount, read, signal }),
          ),
        );
        return lists.flat();
      },
    });
  }
}

/** Without the rules of languages, which take their time with many thousands. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function matches(job: Job, { user, model, state }: JobListQuery): boolean {
  if (user !== undefined && job.user !== user) return false;
  // A retraining trains a candidate beside the model: whoever asks for the model's jobs looks for that too.
  if (model !== undefined && (job.model === undefined || ![job.model, trainedFor(job.model)].includes(model)))
    return false;
  if (state === 'running') return job.state !== 'DONE';
  if (state === 'failed') return job.error !== undefined;
  return state === undefined || (job.state === 'DONE' && job.error === undefined);
}

/** The age of an answer is that of its oldest part. */
function oldest(observed: Array<Observed<unknown>>): JobList['freshness'] {
  const [first] = [...observed].sort(
    (a, b) =>
      Number(b.staleBecause !== undefined) - Number(a.staleBecause !== undefined) ||
      a.observedAt.getTime() - b.observedAt.getTime(),
  );
  return first && freshnessOf(first);
}
