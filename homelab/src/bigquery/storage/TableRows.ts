import type { DuckDBConnection } from '@duckdb/node-api';
import type { Field, Relation, ResourceName, Value } from '../model';
import { duckDbName } from '../sql';
import { duckDbType, quote } from './columnTypes';
import { relationOf, type Database } from './Database';
import { toDuckDb } from './values';

/** Makes a temporary table of rows, which ends with its connection. */
export async function createTemporaryTable(
  connection: DuckDBConnection,
  name: string,
  { fields, rows }: Relation,
): Promise<void> {
  const columns = fields.map(field => `${quote(field.name)} ${duckDbType(field)}`).join(', ');
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${quote(name)} (${columns})`);
  await append(connection, { table: name, schema: 'main', catalog: 'temp' }, { fields, rows });
}

async function append(
  connection: DuckDBConnection,
  target: { table: string; schema: string; catalog?: string },
  { fields, rows }: Relation,
): Promise<void> {
  const appender = await connection.createAppender(target.table, target.schema, target.catalog);
  try {
    for (const row of rows) {
      fields.forEach((field, index) => appender.appendValue(toDuckDb(row[index], field), appender.columnType(index)));
      appender.endRow();
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

/** Part of a table's rows. */
export interface RowPage {
  startIndex: number;
  maxResults: number;
  /** All columns when left out. */
  columns?: string[];
}

/** Rows of tables, written and read in pages in the order in which they came. */
export class TableRows {
  constructor(private readonly database: Database) {}

  /** Adds rows, all or none. @throws Error with DuckDB's words */
  async append(name: ResourceName, relation: Relation, options: { isTruncated?: boolean } = {}): Promise<void> {
    const [schema, table] = duckDbName(name)
      .split('"."')
      .map(part => part.replaceAll('"', ''));
    await this.database.connect(async connection => {
      await connection.run('BEGIN');
      try {
        if (options.isTruncated) await connection.run(`DELETE FROM ${duckDbName(name)}`);
        await append(connection, { table, schema }, relation);
        await connection.run('COMMIT');
      } catch (error) {
        await connection.run('ROLLBACK');
        throw error;
      }
    });
  }

  async count(name: ResourceName): Promise<number> {
    const { rows } = await this.database.run(`SELECT count(*) FROM ${duckDbName(name)}`);
    return Number(rows[0][0]);
  }

  async read(name: ResourceName, fields: Field[], page: RowPage): Promise<Relation> {
    const wanted = page.columns ? fields.filter(field => page.columns?.includes(field.name)) : fields;
    const columns = wanted.map(field => quote(field.name)).join(', ');
    const { rows } = await this.database.run(
      `SELECT ${columns} FROM ${duckDbName(name)} ORDER BY rowid LIMIT $1 OFFSET $2`,
      [BigInt(page.maxResults), BigInt(page.startIndex)],
    );
    return { fields: wanted, rows };
  }

  /** Rows of a Parquet file. @throws Error with DuckDB's words when it is none */
  async readParquet(file: string): Promise<Relation> {
    return this.database.connect(async connection =>
      relationOf(await connection.run(`SELECT * FROM read_parquet('${file.replaceAll("'", "''")}')`)),
    );
  }
}

/** Values of a row in the order of fields, with null where it has none. */
export function rowOf(fields: Field[], record: Record<string, Value>): Value[] {
  return fields.map(field => record[field.name] ?? (field.mode === 'REPEATED' ? [] : null));
}
