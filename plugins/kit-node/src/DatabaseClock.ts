import type { Knex } from 'knex';
import { isPostgres } from './isPostgres';

/** The database's own time, on PostgreSQL and SQLite. */
export class DatabaseClock {
  /** SQL expression: milliseconds since 1970, at the moment of its evaluation. */
  readonly nowMs: string;

  constructor(knex: Knex) {
    this.nowMs = isPostgres(knex)
      ? 'cast(extract(epoch from clock_timestamp()) * 1000 as bigint)'
      : "cast((julianday('now') - 2440587.5) * 86400000 as integer)";
  }

  /** Rows of a raw query; the two databases' drivers wrap them differently. */
  async rowsOf<TRow>(query: Knex.Raw): Promise<TRow[]> {
    const result: TRow[] | { rows: TRow[] } = await query;
    return Array.isArray(result) ? result : result.rows;
  }
}
