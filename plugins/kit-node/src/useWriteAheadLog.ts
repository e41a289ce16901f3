import type { Knex } from 'knex';

/**
 * SQLite waits for the disk several times at each of many small commits, and the process with it, unless it keeps a
 * write-ahead log. The file remembers it; a database in memory ignores it, and so do others than SQLite. Measured by
 * `bench/ingest` and `bench/door`.
 *
 * Source: {@link https://www.sqlite.org/wal.html}
 */
export async function useWriteAheadLog(knex: Knex): Promise<void> {
  if (String(knex.client.config.client).includes('sqlite')) await knex.raw('PRAGMA journal_mode = WAL');
}
