// What each kind of statement does: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language
import { BigQueryError, type CompiledStatement, type OptionValue, type Relation, type ResourceName } from '../model';
import type { ReadBytes } from '../storage/logicalBytes';
import { idOf, notFound } from '../storage/resources';
import { createModel } from './createModel';
import { runDml, runQuery, type RunContext } from './runCompiled';

/** What a statement is run with. */
export interface StatementContext extends RunContext {
  signal: AbortSignal;
  /** Adds to the job's `statistics.query` while it runs. */
  report(statistics: Record<string, unknown>): void;
}

/** What a statement has done. */
export interface StatementResult {
  /** Of a SELECT. */
  relation?: Relation;
  reads: ReadBytes;
  /** For `statistics.query`. */
  statistics: Record<string, unknown>;
}

type StatementOf<K extends CompiledStatement['kind']> = Extract<CompiledStatement, { kind: K }>;
type Handlers = {
  [K in CompiledStatement['kind']]: (context: StatementContext, statement: StatementOf<K>) => Promise<StatementResult>;
};

function tableReference({ project, dataset, name }: ResourceName) {
  return { projectId: project, datasetId: dataset, tableId: name };
}

function done(operation: string, target: Record<string, unknown>, reads: ReadBytes = new Map()): StatementResult {
  return { reads, statistics: { ddlOperationPerformed: operation, ...target } };
}

/** Options of tables as statements write them, and as the API does. */
const tableOptions: Record<string, string> = {
  description: 'description',
  friendly_name: 'friendlyName',
  labels: 'labels',
};

/** @throws BigQueryError invalidQuery for an option that is not modelled */
function tableSettings(options: Record<string, OptionValue>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      const setting = tableOptions[name.toLowerCase()];
      if (!setting) {
        const message = `The homelab does not model the table option ${name}`;
        throw new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
      }
      return [setting, setting === 'labels' ? labelsOf(value) : value];
    }),
  );
}

function labelsOf(value: OptionValue): Record<string, string> {
  const pairs = (Array.isArray(value) ? value : []).map(pair =>
    (Array.isArray(pair) ? pair : Object.values(pair ?? {})).map(String),
  );
  return Object.fromEntries(pairs as [string, string][]);
}

const createTable: Handlers['create-table'] = async (context, { table, mode, fields, query, options }) => {
  const { catalog, rows } = context.warehouse;
  const target = { ddlTargetTable: tableReference(table) };
  const input = tableSettings(options);
  catalog.dataset(table);
  const existing = catalog.findTable(table);
  if (existing && mode === 'if-not-exists') return done('SKIP', target);
  const { relation, reads } = query ? await runQuery(context, query) : { relation: undefined, reads: undefined };
  if (context.isDry) return done(existing ? 'REPLACE' : 'CREATE', target, reads);
  const columns = fields ?? relation?.fields ?? [];
  await catalog.createTable(table, columns, { mode, input });
  if (relation) await rows.append(table, { fields: columns, rows: relation.rows });
  return done(existing ? 'REPLACE' : 'CREATE', target, reads);
};

const dml: Handlers['dml'] = async (context, { table, statementType, query }) => {
  const { catalog } = context.warehouse;
  const resource = catalog.table(table);
  const changed = statementType === 'INSERT' ? undefined : resource;
  const { affectedCount, reads } = await runDml(context, query, changed);
  if (context.isDry) return { reads, statistics: {} };
  await catalog.touchTable(table);
  const count = String(affectedCount);
  const counted = { INSERT: 'insertedRowCount', UPDATE: 'updatedRowCount', DELETE: 'deletedRowCount' };
  const dmlStats = statementType === 'MERGE' ? undefined : { [counted[statementType]]: count };
  return { reads, statistics: { numDmlAffectedRows: count, ...(dmlStats && { dmlStats }) } };
};

const handlers: Handlers = {
  query: async (context, { query }) => {
    const { relation, reads } = await runQuery(context, query);
    return { relation, reads, statistics: {} };
  },
  'create-model': createModel,
  'drop-model': async ({ warehouse: { catalog }, isDry }, { model, ifExists }) => {
    const found = catalog.findModel(model);
    if (!found && !ifExists) throw notFound('Model', idOf(model));
    if (!isDry && found) await catalog.dropModel(model);
    return done(found ? 'DROP' : 'SKIP', {});
  },
  'create-table': createTable,
  'drop-table': async ({ warehouse: { catalog }, isDry }, { table, ifExists }) => {
    const found = catalog.findTable(table);
    if (!found && !ifExists) throw notFound('Table', idOf(table));
    if (!isDry && found) await catalog.dropTable(table);
    return done(found ? 'DROP' : 'SKIP', { ddlTargetTable: tableReference(table) });
  },
  dml,
  'create-schema': async ({ warehouse: { catalog }, isDry, location }, { dataset, ifNotExists }) => {
    const found = catalog.findDataset(dataset);
    if (!isDry && !(found && ifNotExists)) await catalog.createDataset(dataset, { location });
    return done(found ? 'SKIP' : 'CREATE', {});
  },
  'drop-schema': async ({ warehouse: { catalog }, isDry }, { dataset, ifExists, cascade }) => {
    const found = catalog.findDataset(dataset);
    if (!found && !ifExists) throw notFound('Dataset', idOf(dataset));
    if (!isDry && found) await catalog.deleteDataset(dataset, { deleteContents: cascade });
    return done(found ? 'DROP' : 'SKIP', {});
  },
};

/** Runs a statement, or in a dry run finds out what it would read. @throws BigQueryError */
export function runStatement(context: StatementContext, statement: CompiledStatement): Promise<StatementResult> {
  const handler = handlers[statement.kind] as (
    context: StatementContext,
    statement: CompiledStatement,
  ) => Promise<StatementResult>;
  return handler(context, statement);
}

/** The dataset whose place decides where a statement runs. */
export function datasetsOf(statement: CompiledStatement): { project: string; dataset: string }[] {
  const query = 'query' in statement ? statement.query : undefined;
  const read = (part: typeof query): ResourceName[] =>
    part ? [...part.tables, ...part.mlCalls.flatMap(({ model, input }) => [model, ...read(input)])] : [];
  if ('dataset' in statement) return [];
  if ('table' in statement) return [statement.table, ...read(query)];
  if ('model' in statement) return [statement.model, ...read(query)];
  return read(query);
}
