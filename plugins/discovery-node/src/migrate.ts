import { resolvePackagePath, type DatabaseService } from '@backstage/backend-plugin-api';
import { useWriteAheadLog } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';

/**
 * Where the migrations are, and the table that remembers them beside the catalogue's own. It has the name of the area that
 * needed it first.
 */
export const migrationsConfig = {
  directory: resolvePackagePath('@leitstand/plugin-discovery-node', 'migrations'),
  tableName: 'leitstand_rollouts_migrations',
};

/** How often another process that brings the tables up to date at the same moment is waited for. */
const attemptCount = 20;
const pauseMs = 500;

/** Connects to the catalogue's database and brings our tables up to date, unless the installation does that elsewhere. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  const isReady = ready.get(knex) ?? prepare(knex, database);
  ready.set(knex, isReady);
  await isReady;
  return knex;
}

/** Connections that are ready or being made so: several modules of the catalogue share one. */
const ready = new WeakMap<Knex, Promise<void>>();

async function prepare(knex: Knex, database: DatabaseService): Promise<void> {
  await useWriteAheadLog(knex);
  if (!database.migrations?.skip) await migrate(knex);
}

async function migrate(knex: Knex): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await knex.migrate.latest(migrationsConfig);
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
