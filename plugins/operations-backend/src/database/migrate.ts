import { resolvePackagePath, type DatabaseService } from '@backstage/backend-plugin-api';
import { openMigratedDatabase } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import { limitIdleTransactions } from './limitIdleTransactions';

/** Where the migrations are. */
export const migrationsDirectory = resolvePackagePath('@leitstand/plugin-operations-backend', 'migrations');

/**
 * Connects and brings the tables up to date, unless the installation does that elsewhere. Migrations have all the time that they
 * need between two statements: while a portal starts on a busy machine its other plugins may hold it up for many seconds.
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await openMigratedDatabase(database, { directory: migrationsDirectory });
  limitIdleTransactions(knex);
  return knex;
}
