import type { Knex } from 'knex';

/** Whether a database is PostgreSQL; the other one that Backstage knows is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return String(knex.client.config.client).startsWith('pg');
}
