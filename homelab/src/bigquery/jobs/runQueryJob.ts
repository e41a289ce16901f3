import { compileStatements, toDuckDbValues } from '../sql';
import { BigQueryError, type CompiledStatement, type Relation } from '../model';
import type { ReadBytes } from '../storage/logicalBytes';
import { idOf, notFound } from '../storage/resources';
import { resourceNameOf, type Caller, type JobDocument, type QueryConfiguration } from './JobDocument';
import type { RunContext } from './runCompiled';
import { billedBytes } from './billedBytes';
import { datasetsOf, runStatement, type StatementResult } from './statements';
import { sleep } from './sleep';
import type { Warehouse } from './Warehouse';
import { writeResult } from './writeResult';

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

/** A result with what was read for it. */
export interface CachedResult {
  relation: Relation;
  reads: ReadBytes;
}

/** Results of earlier queries by what they depend on. */
export interface ResultCache {
  find(key: string): CachedResult | undefined;
  put(key: string, result: CachedResult): void;
}

function accessDenied(statement: CompiledStatement): BigQueryError {
  const target = 'table' in statement ? statement.table : 'model' in statement ? statement.model : undefined;
  const message = target
    ? `Access Denied: Table ${idOf(target)}: User does not have permission to change table ${idOf(target)}, or perhaps it does not exist.`
    : 'Access Denied: User does not have permission to change datasets.';
  return new BigQueryError(message, { status: 403, reason: 'accessDenied' });
}

function billedOf(reads: ReadBytes): number {
  return [...reads.values()].reduce((sum, { sizeBytes }) => sum + billedBytes(sizeBytes), 0);
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
  const billed = billedOf(reads);
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
    totalBytesBilled: String(isCached ? 0 : billedOf(reads)),
    billingTier: 1,
    cacheHit: isCached,
    ...(referencedTables.length > 0 && { referencedTables }),
  };
}

/** Runs a statement in a connection of its own, which is interrupted when the job is cancelled. */
async function runInConnection(context: JobContext, statement: CompiledStatement): Promise<StatementResult> {
  const { warehouse, signal, job, listJobs } = context;
  const configuration = job.configuration.query as QueryConfiguration;
  const isDry = job.configuration.dryRun === true;
  return warehouse.database.connect(connection => {
    const interrupt = () => connection.interrupt();
    signal.addEventListener('abort', interrupt);
    const run = runStatement(
      {
        warehouse,
        connection,
        parameters: duckDbParameters(configuration),
        isDry,
        userEmail: job.userEmail,
        location: job.location,
        checkReads: reads => {
          note(job, reads);
          if (!isDry) checkLimit(configuration, reads);
        },
        listJobs,
        signal,
        report: statistics => {
          job.statistics.query = { ...job.statistics.query, ...statistics };
        },
      },
      statement,
    );
    return run.finally(() => signal.removeEventListener('abort', interrupt));
  });
}

/** Reads the statement of a query job, and sends the job to where its data is. @throws BigQueryError */
export function planQueryJob(context: JobContext, options: { isLocated: boolean }): CompiledStatement {
  const statement = compile(context, context.job.configuration.query as QueryConfiguration);
  locate(context, statement, options.isLocated);
  return statement;
}

/** Runs a query job. @returns the result; for a dry run its columns alone. @throws BigQueryError */
export async function runQueryJob(context: JobContext, statement: CompiledStatement): Promise<Relation | undefined> {
  const { warehouse, job, signal } = context;
  const configuration = job.configuration.query as QueryConfiguration;
  const { statementType } = statement;
  job.statistics.query = { statementType };
  const isChange = statement.kind !== 'query' || configuration.destinationTable !== undefined;
  if (isChange && !context.caller.isWriter) throw accessDenied(statement);
  const key = job.configuration.dryRun ? undefined : cacheKey(context, statement);
  const cached = key === undefined ? undefined : context.cache.find(key);
  if (cached) {
    note(job, cached.reads, { isCached: true });
    return cached.relation;
  }
  await sleep(warehouse.clock, job.configuration.dryRun ? 0 : warehouse.durations.query, signal);
  signal.throwIfAborted();
  const { relation, reads, statistics } = await runInConnection(context, statement);
  note(job, reads, { statistics });
  if (job.configuration.dryRun || !relation) return relation;
  const table = configuration.destinationTable && resourceNameOf(configuration.destinationTable);
  if (table) await writeResult(warehouse, { table, relation, ...dispositions(configuration) });
  if (key !== undefined) context.cache.put(key, { relation, reads });
  return relation;
}

function dispositions({ createDisposition, writeDisposition }: QueryConfiguration) {
  return { createDisposition, writeDisposition: writeDisposition ?? 'WRITE_EMPTY' };
}
