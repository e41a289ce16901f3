import { resolvePackagePath, type DatabaseService } from '@backstage/backend-plugin-api';
import { openMigratedDatabase } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import { limitIdleTransactions } from './limitIdleTransactions';

/** Where the migrations are. */
export const migrationsDirectory = resolvePackagePath('@leitstand/plugin-operations-backend', 'migrations');

/** Connects and brings the tables up to date, unless the installation does that elsewhere. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  limitIdleTransactions(await database.getClient());
  return openMigratedDatabase(database, { directory: migrationsDirectory });
}
