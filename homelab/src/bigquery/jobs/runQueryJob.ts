import { compileStatements, toDuckDbValues } from '../sql';
import { BigQueryError, type CompiledStatement, type Field, type Relation } from '../model';
import type { ReadBytes } from '../storage/logicalBytes';
import { idOf, notFound } from '../storage/resources';
import { resourceNameOf, type Caller, type JobDocument, type QueryConfiguration } from './JobDocument';
import type { RunContext } from './runCompiled';
import { datasetsOf, runStatement, type StatementContext } from './statements';
import { sleep } from './sleep';
import type { Warehouse } from './Warehouse';
import { writeResult } from './writeResult';

const mebibyte = 1024 * 1024;
/** What a table is billed for at least. */
const minimumBilledBytes = 10 * mebibyte;

/** What a job is run with. */
export interface JobContext {
  warehouse: Warehouse;
  job: JobDocument;
  caller: Caller;
  signal: AbortSignal;
  /** Newest first. */
  listJobs(project: string): JobDocument[];
  cache: ResultCache;
}

/** Results of earlier queries by what they depend on. */
export interface ResultCache {
  find(key: string): Relation | undefined;
  put(key: string, relation: Relation): void;
}

function accessDenied(statement: CompiledStatement): BigQueryError {
  const target = 'table' in statement ? statement.table : 'model' in statement ? statement.model : undefined;
  const message = target
    ? `Access Denied: Table ${idOf(target)}: User does not have permission to change table ${idOf(target)}, or perhaps it does not exist.`
    : 'Access Denied: User does not have permission to change datasets.';
  return new BigQueryError(message, { status: 403, reason: 'accessDenied' });
}

/** Bytes that are billed: whole MiB, and 10 MiB at least, for each table of which something is read. */
export function billedBytes(reads: ReadBytes): number {
  const billed = [...reads.values()].map(({ sizeBytes }) =>
    sizeBytes === 0 ? 0 : Math.max(minimumBilledBytes, Math.ceil(sizeBytes / mebibyte) * mebibyte),
  );
  return billed.reduce((sum, sizeBytes) => sum + sizeBytes, 0);
}

function processedBytes(reads: ReadBytes): number {
  return [...reads.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** @throws BigQueryError when the statement cannot be compiled, or is one of several */
function compile({ warehouse, job }: JobContext, configuration: QueryConfiguration): CompiledStatement {
  const { query, useLegacySql = true, defaultDataset, parameterMode } = configuration;
  if (useLegacySql) {
    const message = 'The homelab does not model legacy SQL: set useLegacySql to false';
    throw new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
  }
  const statements = compileStatements(query, {
    defaultProject: job.project,
    defaultDataset: defaultDataset && {
      project: defaultDataset.projectId ?? job.project,
      dataset: defaultDataset.datasetId,
    },
    parameters: configuration.queryParameters ?? [],
    parameterMode,
    schemaOf: table => warehouse.catalog.findTable(table)?.fields,
    modelExists: model => (warehouse.catalog.findModel(model) ?? warehouse.trainings.find(model)) !== undefined,
  });
  if (statements.length !== 1) {
    const message = 'The homelab runs one statement in a job, and no scripts';
    throw new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
  }
  return statements[0];
}

/** Data is where its dataset is. @throws BigQueryError notFound when the job was sent elsewhere */
function locate({ warehouse, job }: JobContext, statement: CompiledStatement, isGiven: boolean): void {
  for (const name of datasetsOf(statement)) {
    const found = warehouse.catalog.findDataset(name);
    if (!found) continue;
    if (!isGiven) {
      job.location = found.location;
      return;
    }
    if (found.location.toLowerCase() !== job.location.toLowerCase()) {
      throw notFound('Dataset', `${idOf(found.name)} was not found in location ${job.location}`);
    }
  }
}

function duckDbParameters({ queryParameters = [] }: QueryConfiguration): RunContext['parameters'] {
  const values = toDuckDbValues(queryParameters);
  if (!Array.isArray(values)) return values;
  return Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
}

/** @returns undefined for what is never kept: changes, ML functions, results that differ from run to run */
function cacheKey({ warehouse, job }: JobContext, statement: CompiledStatement): string | undefined {
  const configuration = job.configuration.query as QueryConfiguration;
  if (statement.kind !== 'query' || statement.query.mlCalls.length > 0 || statement.query.tables.length === 0)
    return undefined;
  if (configuration.useQueryCache === false || configuration.destinationTable) return undefined;
  if (/\b(CURRENT_\w+|RAND|GENERATE_UUID|SESSION_USER)\b|INFORMATION_SCHEMA/i.test(configuration.query))
    return undefined;
  const tables = statement.query.tables.map(name => [idOf(name), warehouse.catalog.findTable(name)?.version]);
  const { query, queryParameters, defaultDataset } = configuration;
  return JSON.stringify([job.project, query, queryParameters, defaultDataset, tables]);
}

function checkLimit(configuration: QueryConfiguration, reads: ReadBytes): void {
  const limit = configuration.maximumBytesBilled;
  const billed = billedBytes(reads);
  if (limit === undefined || limit === '0' || billed <= Number(limit)) return;
  const message = `Query exceeded limit for bytes billed: ${limit}. ${billed} or higher required.`;
  throw new BigQueryError(message, { reason: 'bytesBilledLimitExceeded' });
}

function note(
  job: JobDocument,
  reads: ReadBytes,
  { statistics = {}, isCached = false }: { statistics?: Record<string, unknown>; isCached?: boolean } = {},
): void {
  const processed = String(isCached ? 0 : processedBytes(reads));
  const referencedTables = [...reads.values()].map(({ table: { project, dataset, name } }) => ({
    projectId: project,
    datasetId: dataset,
    tableId: name,
  }));
  job.statistics.totalBytesProcessed = processed;
  job.statistics.query = {
    ...job.statistics.query,
    ...statistics,
    totalBytesProcessed: processed,
    totalBytesBilled: String(isCached ? 0 : billedBytes(reads)),
    billingTier: 1,
    cacheHit: isCached,
    ...(referencedTables.length > 0 && { referencedTables }),
  };
}

async function inConnection<T>(context: JobContext, use: (run: StatementContext) => Promise<T>): Promise<T> {
  const { warehouse, signal, job } = context;
  const configuration = job.configuration.query as QueryConfiguration;
  const parameters = duckDbParameters(configuration);
  return warehouse.database.connect(async connection => {
    const interrupt = () => connection.interrupt();
    signal.addEventListener('abort', interrupt);
    try {
      const report = (statistics: Record<string, unknown>) => {
        job.statistics.query = { ...job.statistics.query, ...statistics };
      };
      const { userEmail } = job;
      const { listJobs } = context;
      return await use({ warehouse, connection, parameters, isDry: false, signal, report, userEmail, listJobs });
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  });
}

/** Finds out what a query would read, and the columns of its result. @throws BigQueryError */
async function dryRun(
  run: StatementContext,
  statement: CompiledStatement,
): Promise<{ fields?: Field[]; reads: ReadBytes }> {
  const { relation, reads } = await runStatement({ ...run, isDry: true }, statement);
  return { fields: relation?.fields, reads };
}

/** Runs a query job. @returns the result, or its columns alone for a dry run. @throws BigQueryError */
export async function runQueryJob(context: JobContext, options: { isLocated: boolean }): Promise<Relation | undefined> {
  const { warehouse, job, signal } = context;
  const configuration = job.configuration.query as QueryConfiguration;
  const statement = compile(context, configuration);
  locate(context, statement, options.isLocated);
  const { statementType } = statement;
  job.statistics.query = { statementType };
  const isChange = statement.kind !== 'query' || configuration.destinationTable !== undefined;
  if (isChange && !context.caller.isWriter) throw accessDenied(statement);
  return inConnection(context, async run => {
    const planned = await dryRun(run, statement);
    note(job, planned.reads);
    if (job.configuration.dryRun) return planned.fields && { fields: planned.fields, rows: [] };
    const key = cacheKey(context, statement);
    const cached = key === undefined ? undefined : context.cache.find(key);
    if (cached) {
      note(job, planned.reads, { isCached: true });
      return cached;
    }
    checkLimit(configuration, planned.reads);
    await sleep(warehouse.clock, warehouse.durations.query, signal);
    // What the dry run made in the connection is made again, of rows this time.
    const { relation, reads, statistics } = await inConnection(context, fresh => runStatement(fresh, statement));
    note(job, reads, { statistics });
    const target = configuration.destinationTable && resourceNameOf(configuration.destinationTable);
    if (target && relation) await writeResult(warehouse, { table: target, relation, ...dispositions(configuration) });
    if (key !== undefined && relation) context.cache.put(key, relation);
    return relation;
  });
}

function dispositions({ createDisposition, writeDisposition }: QueryConfiguration) {
  return { createDisposition, writeDisposition: writeDisposition ?? 'WRITE_EMPTY' };
}
