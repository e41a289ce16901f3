import type { AreaFinding } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';

/**
 * Whether the door can write: a standby of PostgreSQL answers every question and takes no change, so that a process that
 * reaches one must get no requests.
 *
 * @throws the database's error
 */
export async function findDatabaseHealth(database: Knex): Promise<AreaFinding> {
  if (!String(database.client.config.client).startsWith('pg')) {
    await database.select(database.raw('1'));
    return { state: 'up' };
  }
  const [{ mode }] = await database.select(database.raw(`current_setting('transaction_read_only') as mode`));
  return mode === 'on' ? { state: 'down', reason: 'read-only' } : { state: 'up' };
}
