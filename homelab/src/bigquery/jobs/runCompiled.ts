// Runs a compiled query: first the ML functions in it, then the rest over their results.
import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBValue } from '@duckdb/node-api';
import { mlFunctions, trainingInfoOf } from '../ml';
import { BigQueryError, type CompiledQuery, type Field, type MlCall, type Relation, type Value } from '../model';
import { relationOf } from '../storage/Database';
import { queryBytes, tableBytes, type ReadBytes } from '../storage/logicalBytes';
import { idOf, type TableResource } from '../storage/resources';
import { createTemporaryTable } from '../storage/TableRows';
import { asQueryError } from './duckDbErrors';
import { fillInformationSchema } from './informationSchema';
import type { JobDocument } from './JobDocument';
import type { Warehouse } from './Warehouse';

/** What a run has: a connection of its own, and the values of all parameters of the statement. */
export interface RunContext {
  warehouse: Warehouse;
  connection: DuckDBConnection;
  parameters: Record<string, DuckDBValue>;
  /** Finds out columns and bytes without working on rows. */
  isDry: boolean;
  userEmail: string;
  /** Of the job. */
  location: string;
  /** Hears what was read before anything is done with it. @throws BigQueryError when that is too much */
  checkReads(reads: ReadBytes): void;
  /** Newest first. */
  listJobs(project: string): JobDocument[];
}

/** Strings and quoted names, which are skipped, and parameters. */
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w+)/g;

/**
 * A part of a statement with those of all parameters that it has. Positions become names, because DuckDB wants them
 * to be complete, and a part may have only the third.
 */
function bound(
  sql: string,
  parameters: RunContext['parameters'],
): { sql: string; values: Record<string, DuckDBValue> } {
  const values: Record<string, DuckDBValue> = {};
  const text = sql.replace(tokens, (token, name: string | undefined) => {
    if (name === undefined) return token;
    values[`p_${name}`] = parameters[name];
    return `$p_${name}`;
  });
  return { sql: text, values };
}

async function execute({ connection, parameters }: RunContext, sql: string): Promise<DuckDBMaterializedResult> {
  const { sql: text, values } = bound(sql, parameters);
  return connection.run(text, values);
}

async function addBytes(context: RunContext, query: CompiledQuery, reads: ReadBytes): Promise<void> {
  const { database, catalog } = context.warehouse;
  const tables = query.tables.flatMap(name => catalog.findTable(name) ?? []);
  const { sql: duckdb, values: parameters } = bound(query.duckdb, context.parameters);
  const sizes = await queryBytes({ database, connection: context.connection, duckdb, parameters, tables });
  for (const [id, read] of sizes) {
    const sizeBytes = (reads.get(id)?.sizeBytes ?? 0) + read.sizeBytes;
    reads.set(id, { table: read.table, sizeBytes });
  }
}

/** Calls an ML function of a model that is there, or of one whose training goes on. @throws BigQueryError */
async function callMlFunction(context: RunContext, call: MlCall, reads: ReadBytes): Promise<Relation> {
  const { catalog, trainings } = context.warehouse;
  const training = call.function === 'TRAINING_INFO' ? trainings.find(call.model) : undefined;
  if (training) return trainingInfoOf(training.iterations);
  const { trained } = catalog.model(call.model);
  const mlFunction = mlFunctions[call.function];
  if (!mlFunction) {
    const message = `Table-valued function not found: ML.${call.function}`;
    throw new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
  }
  const input = call.input ? await prepareAndRun(context, call.input, reads) : undefined;
  return mlFunction.call(trained, input, call.settings);
}

async function prepareMlCalls(context: RunContext, query: CompiledQuery, reads: ReadBytes): Promise<void> {
  for (const call of query.mlCalls) {
    const relation = await callMlFunction(context, call, reads);
    await createTemporaryTable(context.connection, call.placeholder, relation);
  }
}

async function prepareAndRun(context: RunContext, query: CompiledQuery, reads: ReadBytes): Promise<Relation> {
  await prepareMlCalls(context, query, reads);
  await fillInformationSchema(context, query.duckdb);
  await addBytes(context, query, reads);
  const sql = context.isDry ? `SELECT * FROM (${query.duckdb}) LIMIT 0` : query.duckdb;
  return relationOf(await execute(context, sql));
}

function hasNullElement(value: Value, { mode, fields = [] }: Field): boolean {
  if (mode === 'REPEATED')
    return (value as Value[]).some(
      item => item === null || hasNullElement(item, { name: '', type: 'RECORD', mode: 'NULLABLE', fields }),
    );
  return (
    value !== null && fields.some(field => hasNullElement((value as { [name: string]: Value })[field.name], field))
  );
}

/** Arrays may hold NULL while a query runs, and not in its result. @throws BigQueryError */
function checkArrays({ fields, rows }: Relation): void {
  const wrong = fields.find((field, index) => rows.some(row => hasNullElement(row[index], field)));
  if (!wrong) return;
  const message = `Array cannot have a null element; error in writing field ${wrong.name}`;
  throw new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
}

/** Runs a query, or finds out in a dry run which columns it has. @throws BigQueryError */
export async function runQuery(
  context: RunContext,
  query: CompiledQuery,
): Promise<{ relation: Relation; reads: ReadBytes }> {
  const reads: ReadBytes = new Map();
  try {
    const relation = await prepareAndRun(context, query, reads);
    context.checkReads(reads);
    checkArrays(relation);
    return { relation, reads };
  } catch (error) {
    throw asQueryError(error);
  }
}

/**
 * Changes rows; in a dry run only what it would read is found out.
 * @param changed - a table whose rows are read to be changed: all of its columns count
 * @throws BigQueryError
 */
export async function runDml(
  context: RunContext,
  query: CompiledQuery,
  changed: TableResource | undefined,
): Promise<{ affectedCount: number; reads: ReadBytes }> {
  const reads: ReadBytes = new Map();
  try {
    await prepareMlCalls(context, query, reads);
    await fillInformationSchema(context, query.duckdb);
    await addBytes(context, query, reads);
    if (changed) {
      const sizeBytes = await tableBytes(context.warehouse.database, changed.name, changed.fields);
      reads.set(idOf(changed.name), { table: changed.name, sizeBytes });
    }
    context.checkReads(reads);
    if (context.isDry) return { affectedCount: 0, reads };
    if (query.ambiguity && (await relationOf(await execute(context, query.ambiguity))).rows.length > 0) {
      const message = 'UPDATE/MERGE must match at most one source row for each target row';
      throw new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
    }
    const { rows } = await relationOf(await execute(context, query.duckdb));
    return { affectedCount: Number(rows[0]?.[0] ?? 0), reads };
  } catch (error) {
    throw asQueryError(error);
  }
}
