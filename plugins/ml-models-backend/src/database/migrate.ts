import { resolvePackagePath, type DatabaseService } from '@backstage/backend-plugin-api';
import { openMigratedDatabase } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';

/** Where the migrations are. */
const migrationsDirectory = resolvePackagePath('@leitstand/plugin-ml-models-backend', 'migrations');

/** Connects and brings the tables up to date, unless the installation does that elsewhere. */
export function openDatabase(database: DatabaseService): Promise<Knex> {
  return openMigratedDatabase(database, { directory: migrationsDirectory });
}
