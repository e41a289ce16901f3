import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, createSystemClock, FaultPlan, Listener, RequestJournal, type Clock, type Random } from '../core';
import { Jobs } from './jobs/Jobs';
import { Trainings } from './jobs/Trainings';
import type { JobDurations, Warehouse } from './jobs/Warehouse';
import { ApiServer } from './rest/ApiServer';
import { createBigQueryTokens, type BigQueryTokens } from './rest/callers';
import { seedProjects, seedWarehouse } from './seed';
import { Catalog } from './storage/Catalog';
import { Database } from './storage/Database';
import { TableRows } from './storage/TableRows';

/** How a BigQuery homelab starts; everything has a default. */
export interface BigQueryHomelabOptions {
  /** 0, the default, takes a free port of 127.0.0.1. */
  port?: number;
  /** Projects that exist; those of the seed by default. */
  projects?: string[];
  /** What there is at the start when `stateDir` holds nothing: `weather` by default. */
  seed?: 'weather' | 'empty';
  clock?: Clock;
  random?: Random;
  /** Folder in which everything is kept, in the file `warehouse.duckdb`; in memory when left out. */
  stateDir?: string;
  /** Refuses requests without a token; the default. Clients in emulator mode (`BIGQUERY_EMULATOR_HOST`) send none. */
  isTokenRequired?: boolean;
  /** Fixed tokens, say for a process that restarts; random ones by default. */
  tokens?: Partial<BigQueryTokens>;
  /** How long jobs take at least: 4,000 ms for CREATE MODEL and nothing for others by default. */
  durationsMs?: Partial<JobDurations>;
}

/** A running homelab warehouse. Ends with `close()` or `await using`. */
export interface BigQueryHomelab extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, for the client's `apiEndpoint`. */
  readonly url: string;
  readonly projects: string[];
  readonly tokens: BigQueryTokens;
  readonly journal: RequestJournal;
  readonly faults: FaultPlan;
  /** Number of TCP connections that are open. */
  readonly openSocketCount: number;
  close(): Promise<void>;
}

/** Closes in the opposite order of the start. */
async function closeAll(started: (() => Promise<void>)[]): Promise<void> {
  for (const close of started.splice(0).reverse()) await close();
}

async function openWarehouse(
  options: BigQueryHomelabOptions,
  started: (() => Promise<void>)[],
): Promise<{ warehouse: Warehouse; jobs: Jobs }> {
  const { clock = createSystemClock(), random = createRandom(), stateDir } = options;
  const { projects = seedProjects, seed = 'weather' } = options;
  const temporaryDir = await mkdtemp(join(tmpdir(), 'leitstand-warehouse-'));
  started.push(() => rm(temporaryDir, { recursive: true, force: true }));
  const database = await Database.create(stateDir && join(stateDir, 'warehouse.duckdb'), temporaryDir);
  started.push(() => database[Symbol.asyncDispose]());
  const catalog = await Catalog.open(database, clock);
  started.push(() => catalog.settled());
  const durations = { pending: 0, query: 0, load: 0, createModel: 4_000, ...options.durationsMs };
  const rows = new TableRows(database);
  const warehouse = {
    projects,
    database,
    catalog,
    rows,
    trainings: new Trainings(),
    clock,
    random,
    durations,
    temporaryDir,
  };
  const jobs = await Jobs.open(warehouse);
  started.push(() => jobs[Symbol.asyncDispose]());
  if (seed === 'weather' && catalog.isEmpty) await seedWarehouse(warehouse, jobs);
  return { warehouse, jobs };
}

/** Starts the BigQuery API on loopback. @throws the system's error when the port is taken, Error when the state is damaged */
export async function startBigQueryHomelab(options: BigQueryHomelabOptions = {}): Promise<BigQueryHomelab> {
  const started: (() => Promise<void>)[] = [];
  try {
    const { warehouse, jobs } = await openWarehouse(options, started);
    const { isTokenRequired = true } = options;
    const tokens = { ...createBigQueryTokens(warehouse.random), ...options.tokens };
    const server = new ApiServer({ warehouse, jobs, tokens, isTokenRequired });
    const [journal, faults] = [new RequestJournal(), new FaultPlan()];
    const listener = await Listener.start({
      port: options.port,
      clock: warehouse.clock,
      faults,
      journal,
      handle: exchange => server.handle(exchange),
      fail: (exchange, status) => server.fail(exchange, status),
    });
    started.push(() => listener.close());
    const close = () => closeAll(started);
    return {
      url: listener.url,
      projects: warehouse.projects,
      tokens,
      journal,
      faults,
      get openSocketCount() {
        return listener.openSocketCount;
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await closeAll(started);
    throw error;
  }
}
