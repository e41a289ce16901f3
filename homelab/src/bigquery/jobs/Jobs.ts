import { BigQueryError, type Relation } from '../model';
import { Documents } from '../storage/Documents';
import { alreadyExists, notFound } from '../storage/resources';
import { stopped } from './createModel';
import { asQueryError } from './duckDbErrors';
import {
  errorProto,
  resourceNameOf,
  statusOfReason,
  type Caller,
  type JobConfiguration,
  type JobDocument,
} from './JobDocument';
import { runCopyJob } from './runCopyJob';
import { runLoadJob } from './runLoadJob';
import { planQueryJob, runQueryJob, type CachedResult, type JobContext, type ResultCache } from './runQueryJob';
import { sleep } from './sleep';
import type { Warehouse } from './Warehouse';

/** Results are kept for so many jobs, as in memory they would add up. */
const keptResultCount = 200;
/** Older jobs are forgotten, so that a homelab that runs for months stays small. */
const keptJobCount = 2_000;
/** As long as BigQuery keeps results. */
const cacheLifeMs = 24 * 60 * 60 * 1000;

/** A new job. */
export interface JobRequest {
  project: string;
  /** Made up when left out. */
  jobId?: string;
  /** Found out from the data when left out. */
  location?: string;
  configuration: JobConfiguration;
  caller: Caller;
  requestId?: string;
  /** The uploaded file of a load job. */
  file?: Buffer;
}

interface Running {
  abort: AbortController;
  ended: Promise<void>;
}

/** @throws BigQueryError when it is none that is run here, or lacks what it is about */
function kindOf({ query, load, copy }: JobConfiguration): 'QUERY' | 'LOAD' | 'COPY' {
  if (query) {
    if (typeof query.query !== 'string' || query.query === '') throw missing('query');
    return 'QUERY';
  }
  if (load) {
    if (!load.destinationTable) throw missing('destinationTable');
    return 'LOAD';
  }
  if (copy) {
    if (!copy.sourceTable || !copy.destinationTable) throw missing('sourceTable');
    return 'COPY';
  }
  const message = 'The homelab runs query jobs, load jobs and copy jobs, and no others';
  throw new BigQueryError(message, { status: 501, reason: 'notImplemented' });
}

function missing(location: string): BigQueryError {
  return new BigQueryError(`Required parameter is missing: ${location}`, { reason: 'invalid', location });
}

/** A key for the job; ids of jobs are unique in a project. */
function keyOf(project: string, jobId: string): string {
  return `${project}:${jobId}`;
}

/** All jobs, running and done. Those that a restart ended are failed. */
export class Jobs implements AsyncDisposable {
  private readonly running = new Map<string, Running>();
  private readonly results = new Map<string, Relation>();
  private readonly cached = new Map<string, { result: CachedResult; at: number }>();

  private constructor(
    private readonly warehouse: Warehouse,
    private readonly documents: Documents<JobDocument>,
  ) {}

  static async open(warehouse: Warehouse): Promise<Jobs> {
    const documents = await Documents.open<JobDocument>(warehouse.database, 'jobs');
    const jobs = new Jobs(warehouse, documents);
    for (const job of documents.all().filter(({ state }) => state !== 'DONE')) {
      const message = 'The job encountered an error during execution. Retrying the job may solve the problem.';
      await jobs.end(job, new BigQueryError(message, { status: 503, reason: 'backendError' }));
    }
    return jobs;
  }

  /** Newest first. */
  list(project: string): JobDocument[] {
    return this.documents
      .all()
      .filter(job => job.project === project)
      .sort((one, other) => other.createdAt - one.createdAt || (one.jobId < other.jobId ? 1 : -1));
  }

  /** The job of a request that the client sends again with the same id. */
  findByRequest(project: string, requestId: string, since: number): JobDocument | undefined {
    const isSame = (job: JobDocument) => job.requestId === requestId && job.project === project;
    return this.documents.all().find(job => isSame(job) && job.createdAt > since);
  }

  /** @throws BigQueryError notFound */
  get(project: string, jobId: string, location?: string): JobDocument {
    const job = this.documents.get(keyOf(project, jobId));
    if (!job || (location && location.toLowerCase() !== job.location.toLowerCase())) {
      throw notFound('Job', keyOf(project, jobId));
    }
    return job;
  }

  /** Puts a job there that was done before, for seeds. */
  async add(job: JobDocument): Promise<void> {
    await this.documents.put(keyOf(job.project, job.jobId), job);
  }

  async delete({ project, jobId }: JobDocument): Promise<void> {
    this.results.delete(keyOf(project, jobId));
    await this.documents.delete(keyOf(project, jobId));
  }

  /** Begins a job; a dry run is done at once and not kept. @throws BigQueryError when it is not even a job */
  async insert(request: JobRequest): Promise<JobDocument> {
    const { clock, random } = this.warehouse;
    const { project, configuration, caller, location } = request;
    const kind = kindOf(configuration);
    const job: JobDocument = {
      project,
      jobId: request.jobId ?? `job_${random.text(28)}`,
      location: location ?? 'US',
      userEmail: caller.email,
      requestId: request.requestId,
      configuration: { ...configuration, jobType: kind },
      state: 'PENDING',
      createdAt: clock.now(),
      statistics: {},
    };
    const key = keyOf(project, job.jobId);
    if (configuration.dryRun) return this.dryRun(job, request);
    await this.forgetOldest(project);
    if (this.documents.get(key)) throw alreadyExists('Job', `${project}:${job.location}.${job.jobId}`);
    const abort = new AbortController();
    const context = this.contextOf(job, caller, abort.signal);
    const work = this.plan(context, request);
    const kept = this.documents.put(key, job);
    // From here on it can be found, and so cancelled, before it is written.
    const ended = kept.then(
      () => this.run(context, work),
      () => void this.running.delete(key),
    );
    this.running.set(key, { abort, ended });
    await kept;
    return job;
  }

  /** Resolves when the job is done, or the time, if there is one, is over. */
  async wait(job: JobDocument, timeoutMs?: number): Promise<void> {
    const running = this.running.get(keyOf(job.project, job.jobId));
    if (!running || timeoutMs === undefined) {
      await running?.ended;
      return;
    }
    const timeout = new AbortController();
    await Promise.race([running.ended, sleep(this.warehouse.clock, timeoutMs, timeout.signal)]);
    timeout.abort();
  }

  cancel(job: JobDocument): void {
    this.running.get(keyOf(job.project, job.jobId))?.abort.abort();
  }

  /** What a query has returned; undefined when it returns nothing. @throws BigQueryError the job's own failure, or notFound */
  result(job: JobDocument): Relation | undefined {
    const [failure] = job.resultFields ? [] : (job.errors ?? []);
    if (failure && isFailed(job)) {
      const { reason, message, location } = failure;
      throw new BigQueryError(message, { status: statusOfReason[reason], reason, location });
    }
    if (!job.resultFields) return undefined;
    const relation = this.results.get(keyOf(job.project, job.jobId));
    if (!relation) throw notFound('Table', `${job.project}:_anonymous.anon_${job.jobId}`);
    return relation;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = [...this.running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ ended }) => ended));
    await this.documents.settled();
  }

  private async forgetOldest(project: string): Promise<void> {
    if (this.documents.count < keptJobCount) return;
    const [oldest] = this.list(project)
      .filter(({ state }) => state === 'DONE')
      .slice(-1);
    if (oldest) await this.delete(oldest);
  }

  private contextOf(job: JobDocument, caller: Caller, signal: AbortSignal): JobContext {
    const { warehouse } = this;
    return { warehouse, job, caller, signal, listJobs: project => this.list(project), cache: this.cache };
  }

  private readonly cache: ResultCache = {
    find: key => {
      const found = this.cached.get(key);
      return found && this.warehouse.clock.now() - found.at < cacheLifeMs ? found.result : undefined;
    },
    put: (key, result) => keep(this.cached, key, { result, at: this.warehouse.clock.now() }),
  };

  private async dryRun(job: JobDocument, request: JobRequest): Promise<JobDocument> {
    if (!job.configuration.query) throw new BigQueryError('Only a query has a dry run.', { reason: 'invalid' });
    const context = this.contextOf(job, request.caller, new AbortController().signal);
    try {
      job.resultFields = (await this.plan(context, request)())?.fields;
    } catch (error) {
      throw asQueryError(error);
    }
    job.state = 'DONE';
    return job;
  }

  /** Finds out where the job runs, which its client is told at once; mistakes in the statement make it fail later. */
  private plan(context: JobContext, request: JobRequest): () => Promise<Relation | undefined> {
    const { query, load, copy } = context.job.configuration;
    const isLocated = request.location !== undefined;
    if (copy && !query && !load) return () => runCopyJob(context);
    if (load && !query) {
      const { location } = this.warehouse.catalog.findDataset(resourceNameOf(load.destinationTable)) ?? {};
      if (location && !isLocated) context.job.location = location;
      return () => runLoadJob(context, request.file);
    }
    try {
      const statement = planQueryJob(context, { isLocated });
      return () => runQueryJob(context, statement);
    } catch (error) {
      return () => Promise.reject(error as Error);
    }
  }

  private async run({ job, signal }: JobContext, work: () => Promise<Relation | undefined>): Promise<void> {
    const { clock, durations } = this.warehouse;
    await sleep(clock, durations.pending, signal);
    const timeout = Number(job.configuration.jobTimeoutMs ?? 0);
    job.state = 'RUNNING';
    job.startedAt = clock.now();
    const timer = timeout > 0 ? clock.setTimeout(() => this.cancel(job), timeout) : undefined;
    try {
      signal.throwIfAborted();
      const relation = await work();
      if (relation) {
        keep(this.results, keyOf(job.project, job.jobId), relation);
        job.resultFields = relation.fields;
      }
      await this.end(job);
    } catch (error) {
      await this.end(job, signal.aborted ? stopped() : asQueryError(error));
    } finally {
      timer?.cancel();
      this.running.delete(keyOf(job.project, job.jobId));
    }
  }

  private async end(job: JobDocument, error?: unknown): Promise<void> {
    if (error !== undefined) {
      const known = error instanceof BigQueryError ? error : undefined;
      // What is no error of BigQuery's is a mistake of the homelab: said aloud, as a fault of the server.
      const failure = known ?? new BigQueryError(`The homelab failed: ${String(error)}`, { reason: 'backendError' });
      job.errors = [errorProto(failure)];
      delete job.resultFields;
    }
    job.state = 'DONE';
    job.endedAt = this.warehouse.clock.now();
    await this.documents.put(keyOf(job.project, job.jobId), job);
  }
}

/** Did the job fail? A load job may have errors of single records and be fine. */
export function isFailed(job: JobDocument): boolean {
  return (job.errors?.length ?? 0) > 0 && !(job.statistics.load && 'outputRows' in job.statistics.load);
}

function keep<T>(items: Map<string, T>, key: string, item: T): void {
  items.delete(key);
  items.set(key, item);
  if (items.size > keptResultCount) items.delete(items.keys().next().value as string);
}
