// How many bytes a query is billed for: https://cloud.google.com/bigquery/pricing#data
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Field, FieldType, ResourceName } from '../model';
import { duckDbName } from '../sql';
import { quote } from './columnTypes';
import type { Database, Parameters } from './Database';
import { idOf } from './resources';

/** Logical size of a value that is not null. */
const sizes: Record<Exclude<FieldType, 'RECORD'>, number | ((value: string) => string)> = {
  INTEGER: 8,
  FLOAT: 8,
  NUMERIC: 16,
  BIGNUMERIC: 32,
  BOOLEAN: 1,
  DATE: 8,
  TIME: 8,
  DATETIME: 8,
  TIMESTAMP: 8,
  STRING: value => `2 + strlen(${value})`,
  BYTES: value => `2 + octet_length(${value})`,
  JSON: value => `strlen(${value})`,
};

/** An expression for the bytes of a value; null takes none. */
function sizeOf(value: string, field: Field): string {
  if (field.mode === 'REPEATED') {
    const item = sizeOf('item', { ...field, mode: 'NULLABLE' });
    return `coalesce(list_sum(list_transform(${value}, lambda item: ${item})), 0)`;
  }
  if (field.type === 'RECORD') {
    return (field.fields ?? []).map(child => sizeOf(`${value}.${quote(child.name)}`, child)).join(' + ') || '0';
  }
  const size = sizes[field.type];
  return `CASE WHEN ${value} IS NULL THEN 0 ELSE ${typeof size === 'number' ? size : size(value)} END`;
}

/** A node of DuckDB's plan as `EXPLAIN (FORMAT JSON)` shows it. */
interface PlanNode {
  name: string;
  children: PlanNode[];
  extra_info: { Table?: string; Projections?: string | string[] };
}

/** Without these a plan reads exactly the columns that the query names. */
const disabledOptimizers =
  'filter_pushdown,filter_pullup,statistics_propagation,empty_result_pullup,late_materialization';

/** @returns for each table by DuckDB's name the columns (or parts, as `column.field`) that a query reads */
async function readColumns(
  connection: DuckDBConnection,
  sql: string,
  parameters: Parameters | undefined,
): Promise<Map<string, Set<string>>> {
  await connection.run(`SET disabled_optimizers = '${disabledOptimizers}'`);
  let text: string;
  try {
    const result = await connection.run(`EXPLAIN (FORMAT JSON) ${sql}`, parameters);
    text = (await result.getRows())[0][1] as string;
  } finally {
    await connection.run("SET disabled_optimizers = ''");
  }
  const tables = new Map<string, Set<string>>();
  const pending = JSON.parse(text) as PlanNode[];
  for (let node = pending.pop(); node; node = pending.pop()) {
    pending.push(...node.children);
    const { Table: table, Projections: projections = [] } = node.extra_info;
    if (!table) continue;
    const columns = tables.get(table) ?? new Set<string>();
    for (const column of [projections].flat()) if (column) columns.add(column);
    tables.set(table, columns);
  }
  return tables;
}

function sameTable(planned: string, name: ResourceName): boolean {
  const plain = (text: string) => text.replaceAll('"', '').toLowerCase();
  return plain(planned).endsWith(`.${plain(duckDbName(name))}`);
}

function expressionFor(path: string, fields: Field[]): string {
  const [first, ...rest] = path.split('.').map(part => part.replaceAll('"', ''));
  const field = fields.find(({ name }) => name.toLowerCase() === first.toLowerCase());
  if (!field) return '0';
  const child =
    rest.length > 0 ? field.fields?.find(({ name }) => name.toLowerCase() === rest[0].toLowerCase()) : undefined;
  if (!child || field.mode === 'REPEATED') return sizeOf(quote(field.name), field);
  return sizeOf(`${quote(field.name)}.${quote(child.name)}`, child);
}

/** Logical bytes of a whole table. */
export async function tableBytes(database: Database, name: ResourceName, fields: Field[]): Promise<number> {
  const sum = fields.map(field => sizeOf(quote(field.name), field)).join(' + ');
  const { rows } = await database.run(`SELECT coalesce(sum(${sum}), 0)::BIGINT FROM ${duckDbName(name)}`);
  return Number(rows[0][0]);
}

/** What a query would read. */
export interface QueryReads {
  database: Database;
  connection: DuckDBConnection;
  duckdb: string;
  parameters?: Parameters;
  tables: { name: ResourceName; fields: Field[] }[];
}

/** Bytes that a query reads, by the id of the table. */
export type ReadBytes = Map<string, { table: ResourceName; sizeBytes: number }>;

/** Logical bytes of the columns that a query reads. @throws Error with DuckDB's words */
export async function queryBytes(reads: QueryReads): Promise<ReadBytes> {
  const { database, connection, duckdb, parameters, tables } = reads;
  const found: ReadBytes = new Map();
  if (tables.length === 0) return found;
  const columns = await database.alone(() => readColumns(connection, duckdb, parameters));
  for (const { name: table, fields } of tables) {
    const paths = [...columns].filter(([planned]) => sameTable(planned, table)).flatMap(([, read]) => [...read]);
    const expressions = [...new Set(paths)].map(path => `(${expressionFor(path, fields)})`);
    const sum = expressions.length > 0 ? expressions.join(' + ') : '0';
    const result = await connection.run(`SELECT coalesce(sum(${sum}), 0)::BIGINT FROM ${duckDbName(table)}`);
    found.set(idOf(table), { table, sizeBytes: Number((await result.getRows())[0][0]) });
  }
  return found;
}
