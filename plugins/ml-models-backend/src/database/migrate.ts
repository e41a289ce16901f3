import { resolvePackagePath, type DatabaseService } from '@backstage/backend-plugin-api';
import { useWriteAheadLog } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';

/** Where the migrations are. */
const migrationsDirectory = resolvePackagePath('@leitstand/plugin-ml-models-backend', 'migrations');

/** Connects and brings the tables up to date, unless the installation does that elsewhere. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  await useWriteAheadLog(knex);
  if (!database.migrations?.skip) await knex.migrate.latest({ directory: migrationsDirectory });
  return knex;
}
