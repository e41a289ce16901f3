import type { Config } from '@backstage/config';
import type { Connection, ConnectionList } from '@leitstand/plugin-kit-common';
import { describeSafely, SharedReads } from '@leitstand/plugin-kit-node';
import { BigQueryConnection } from '../client/BigQueryConnection';
import { readMlModelsConfig, readWritableConnections } from '../config';

/** How old a check may be, in milliseconds. */
const checkAgeMs = 60_000;
const refreshAgeMs = 3_000;
const timeoutMs = 5_000;

type Credentials = Connection['credentials'][number];

/** One connection with both sets of credentials. */
interface ConnectionPair {
  read: BigQueryConnection;
  operate: BigQueryConnection | undefined;
}

/**
 * How the portal is connected to BigQuery. BigQuery does not tell an account its rights: the portal tries what changes
 * nothing, and says of the rest that it cannot be known.
 */
export class ConnectionService {
  readonly #connections: readonly ConnectionPair[];
  readonly #checks = new SharedReads();

  private constructor(connections: readonly ConnectionPair[]) {
    this.#connections = connections;
  }

  static fromConfig(config: Config): ConnectionService {
    const writable = readWritableConnections(config).map(connection => new BigQueryConnection(connection));
    return new ConnectionService(
      readMlModelsConfig(config).connections.map(connection => ({
        read: new BigQueryConnection(connection),
        operate: writable.find(({ name }) => name === connection.name),
      })),
    );
  }

  /** Never throws for one connection. `refresh`: check now, unless that was done a few seconds ago. */
  async list({ refresh }: { refresh: boolean }): Promise<ConnectionList> {
    const items = await Promise.all(
      this.#connections.map(async pair => {
        const maxAgeMs = refresh ? refreshAgeMs : checkAgeMs;
        return (await this.#checks.get(pair.read.name, { maxAgeMs, read: signal => check(pair, signal) })).value;
      }),
    );
    return { items };
  }

  close(): void {
    this.#checks.close();
  }
}

async function check({ read, operate }: ConnectionPair, signal: AbortSignal): Promise<Connection> {
  const startedAt = performance.now();
  const checked = await checkReading(read, signal);
  const latencyMs = performance.now() - startedAt;
  const operating = await checkOperating(operate, signal);
  const isReachable = checked.error === undefined;
  const isPartial = [checked.credentials, operating].some(({ rights }) =>
    rights.some(({ isGranted }) => isGranted === false),
  );
  const now = new Date().toISOString();
  return {
    system: 'BigQuery',
    name: read.name,
    address: read.config.apiEndpoint ?? 'https://bigquery.googleapis.com',
    state: isReachable ? (isPartial ? 'partial' : 'connected') : 'unreachable',
    latencyMs: isReachable ? latencyMs : undefined,
    credentials: [checked.credentials, operating],
    ...(checked.error ? { lastError: { ...checked.error, at: now } } : { observedAt: now }),
    checkedAt: now,
  };
}

type Outcome = { isGranted?: boolean; error?: { code: string; message: string } };

async function checkReading(connection: BigQueryConnection, signal: AbortSignal) {
  const [billed, ...others] = [...new Set([connection.config.projectId, ...connection.config.projects])];
  const outcomes = await Promise.all(
    [billed, ...others].map(async project => ({ project, ...(await tryToList(connection, project, signal)) })),
  );
  const query = await tryToQuery(connection, signal);
  const rights = [
    ...outcomes.map(({ project, isGranted }) => ({
      right: `list datasets of ${project}`,
      neededFor: 'catalogue',
      isGranted,
    })),
    { right: `run queries billed to ${billed}`, neededFor: 'predictions', isGranted: query.isGranted },
  ];
  const error = outcomes.every(outcome => outcome.error !== undefined) ? outcomes[0].error : undefined;
  return { credentials: { use: 'read', rights } satisfies Credentials, error };
}

async function checkOperating(connection: BigQueryConnection | undefined, signal: AbortSignal): Promise<Credentials> {
  if (!connection) {
    const problem = 'There are none, so nothing can be changed. Set operations.upstreams.bigquery.connections.';
    return { use: 'operate', problem, rights: [] };
  }
  const query = await tryToQuery(connection, signal);
  return {
    use: 'operate',
    ...(query.error ? { problem: query.error.message } : {}),
    rights: [
      { right: 'run queries', neededFor: 'operation ml-models-create', isGranted: query.isGranted },
      { right: 'create and delete datasets, tables and models', neededFor: 'operation ml-models-create' },
    ],
  };
}

function tryToList(connection: BigQueryConnection, project: string, signal: AbortSignal): Promise<Outcome> {
  return outcomeOf(
    connection.request({
      operation: `list the datasets of ${project}`,
      project,
      path: '/datasets',
      query: { maxResults: 1 },
      timeoutMs,
      signal,
    }),
  );
}

/** A dry run costs nothing. */
function tryToQuery(connection: BigQueryConnection, signal: AbortSignal): Promise<Outcome> {
  const { projectId, location } = connection.config;
  return outcomeOf(
    connection.request({
      operation: `run a query billed to ${projectId}`,
      method: 'POST',
      path: '/jobs',
      body: {
        jobReference: { projectId, location },
        configuration: { dryRun: true, query: { query: 'SELECT 1', useLegacySql: false } },
      },
      timeoutMs,
      signal,
    }),
  );
}

async function outcomeOf(request: Promise<unknown>): Promise<Outcome> {
  try {
    await request;
    return { isGranted: true };
  } catch (error) {
    const { code = 'UPSTREAM_FAILED', message } = describeSafely(error);
    return { ...(code === 'UPSTREAM_FORBIDDEN' ? { isGranted: false } : {}), error: { code, message } };
  }
}
