import { resolvePackagePath, type DatabaseService } from '@backstage/backend-plugin-api';
import { openMigratedDatabase } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';

/**
 * Where the migrations are, and the table that remembers them beside the catalogue's own. It has the name of the area that
 * needed it first.
 */
export const migrationsConfig = {
  directory: resolvePackagePath('@leitstand/plugin-discovery-node', 'migrations'),
  tableName: 'leitstand_rollouts_migrations',
};

/** Connections that are ready or being made so: several modules of the catalogue share one. */
const opened = new WeakMap<Knex, Promise<Knex>>();

/** Connects to the catalogue's database and brings our tables up to date, unless the installation does that elsewhere. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  const ready = opened.get(knex) ?? openMigratedDatabase(database, migrationsConfig);
  opened.set(knex, ready);
  return ready;
}
