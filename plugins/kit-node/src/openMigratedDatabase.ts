import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { useWriteAheadLog } from './useWriteAheadLog';

/** How often another process that brings the tables up to date at the same moment is waited for. */
const attemptCount = 20;
const pauseMs = 500;

/**
 * Connects and brings the tables up to date, unless the installation does that elsewhere. Several backends may do so at
 * once on one database. @throws the database's error
 */
export async function openMigratedDatabase(
  database: DatabaseService,
  migrations: Pick<Knex.MigratorConfig, 'directory' | 'tableName'>,
): Promise<Knex> {
  const knex = await database.getClient();
  await useWriteAheadLog(knex);
  if (!database.migrations?.skip) await migrate(knex, migrations);
  return knex;
}

async function migrate(knex: Knex, migrations: Knex.MigratorConfig): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await knex.migrate.latest(migrations);
      return;
    } catch (error) {
      // Several backends that start at once on one database: one of them holds knex's lock, or is just making its table.
      if (attempt === attemptCount || !isBeingMigrated(error)) throw error;
      await new Promise(resolve => setTimeout(resolve, pauseMs));
    }
  }
}

/** PostgreSQL's unique_violation, duplicate_object and duplicate_table: two made the same table. */
const duplicateCodes = ['23505', '42710', '42P07'];

function isBeingMigrated(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: string };
  return name === 'MigrationLocked' || (code !== undefined && duplicateCodes.includes(code));
}
