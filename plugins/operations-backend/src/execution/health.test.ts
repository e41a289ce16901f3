import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { createEngine, insertRun } from '../__testUtils__/createEngine';
import { until } from '../__testUtils__/startDoor';
import { tallyOperation } from '../__testUtils__/tallyOperation';
import { TallyServer } from '../__testUtils__/TallyServer';
import { findDatabaseHealth } from '../database/databaseHealth';
import { migrationsDirectory } from '../database/migrate';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** The database refuses every sign of life of a run. */
async function refuseRenewals(knex: Knex): Promise<void> {
  const trigger = 'create trigger refusal before update of lease_until on runs';
  if (knex.client.config.client !== 'pg') {
    await knex.raw(`${trigger} begin select raise(abort, 'refused'); end`);
    return;
  }
  await knex.raw(`create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$`);
  await knex.raw(`${trigger} for each row execute function refuse()`);
}

describe.each(databases.eachSupportedId())('the health of the door on %s', databaseId => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsDirectory });
  });

  it(`is degraded while the queue cannot be read, and mends by itself on ${databaseId}`, async () => {
    await using tallies = await TallyServer.start();
    const { executor } = createEngine(knex, { operations: [tallyOperation(tallies.url)] });
    await executor.start();
    await until(() => executor.health.state === 'up');
    await knex.schema.renameTable('target_locks', 'gone');
    await until(() => executor.health.reason === 'queue-not-read');
    expect(executor.health.state).toBe('degraded');
    await knex.schema.renameTable('gone', 'target_locks');
    await until(() => executor.health.state === 'up');
    await executor.close();
    expect(executor.health).toEqual({ state: 'down', reason: 'closing' });
  });

  it(`is degraded while the leases of runs cannot be renewed on ${databaseId}`, async () => {
    await using tallies = await TallyServer.start();
    const { executor } = createEngine(knex, { operations: [tallyOperation(tallies.url)] });
    await executor.start();
    const id = randomUUID();
    tallies.held.add(`${id}/one`);
    await insertRun(knex, { id });
    executor.kick(id);
    await until(() => tallies.countOf(`${id}/one`) === 1);
    await refuseRenewals(knex);
    await until(() => executor.health.reason === 'leases-not-renewed');
    expect(executor.health.state).toBe('degraded');
    await knex.raw(`drop trigger refusal${knex.client.config.client === 'pg' ? ' on runs' : ''}`);
    await until(() => executor.health.state === 'up');
    tallies.release();
    await executor.close();
  });

  it(`of the database is down while it takes no changes or cannot be asked on ${databaseId}`, async () => {
    expect(await findDatabaseHealth(knex)).toEqual({ state: 'up' });
    const closed = knexFactory({ ...knex.client.config, pool: { min: 0, max: 1 } });
    const isPostgres = databaseId === 'POSTGRES_18';
    if (isPostgres) await closed.raw('set default_transaction_read_only = on'); // as on a standby
    const expected = isPostgres ? { state: 'down', reason: 'read-only' } : { state: 'up' };
    expect(await findDatabaseHealth(closed)).toEqual(expected);
    await closed.destroy();
    await expect(findDatabaseHealth(closed)).rejects.toThrow();
  });
});
