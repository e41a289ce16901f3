import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  DuckDBInstance,
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Relation } from '../model';
import { fieldOf } from './columnTypes';
import { fromDuckDb } from './values';

/** Values of a statement's parameters, by name or by position. */
export type Parameters = DuckDBValue[] | Record<string, DuckDBValue>;

/** Small on purpose: the homelab shares a laptop with everything else. */
const settings = { threads: '2', memory_limit: '512MB', autoinstall_known_extensions: 'false' };

function wrongFile(file: string, cause: unknown): Error {
  return new Error(`${file} is no saved homelab warehouse, or another homelab has it open: delete it to start anew`, {
    cause,
  });
}

/** What came out of a statement, by BigQuery's types. @throws BigQueryError for types that BigQuery does not have */
export async function relationOf(result: DuckDBMaterializedResult): Promise<Relation> {
  const types = result.columnTypes();
  const fields = result.columnNames().map((name, index) => fieldOf(name, types[index]));
  const rows = (await result.getRows()).map(row => row.map((value, index) => fromDuckDb(value, fields[index])));
  return { fields, rows };
}

/** The engine under the warehouse: one DuckDB instance, of which everyone takes a connection for as long as needed. */
export class Database implements AsyncDisposable {
  private readonly open = new Set<DuckDBConnection>();
  private planning: Promise<unknown> = Promise.resolve();

  private constructor(private readonly instance: DuckDBInstance) {}

  /**
   * @param file - kept in memory when left out
   * @param temporaryDir - the only folder that statements can read files of
   * @throws Error when the file is damaged or in use
   */
  static async create(file: string | undefined, temporaryDir: string): Promise<Database> {
    if (file) await mkdir(dirname(file), { recursive: true });
    try {
      const database = new Database(await DuckDBInstance.create(file ?? ':memory:', settings));
      await database.run(`SET allowed_directories = ['${temporaryDir.replaceAll("'", "''")}']`);
      await database.run('SET enable_external_access = false');
      return database;
    } catch (cause) {
      throw wrongFile(file ?? 'memory', cause);
    }
  }

  /** Runs `use` with a connection of its own, whose temporary tables end with it. */
  async connect<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.instance.connect();
    this.open.add(connection);
    try {
      await connection.run("SET TimeZone = 'UTC'");
      return await use(connection);
    } finally {
      this.open.delete(connection);
      connection.closeSync();
    }
  }

  /** Runs one statement. @throws Error with DuckDB's words */
  async run(sql: string, parameters?: Parameters): Promise<Relation> {
    return this.connect(async connection => relationOf(await connection.run(sql, parameters)));
  }

  /** One at a time: for what changes settings of the whole instance for a moment. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.planning.then(work);
    this.planning = result.catch(() => undefined);
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.planning;
    for (const connection of this.open) connection.interrupt();
    this.instance.closeSync();
  }
}
