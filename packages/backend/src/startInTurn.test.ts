import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { setTimeout } from 'node:timers/promises';
import { until } from './__testUtils__/until';
import { waitForStartTurn } from './startInTurn';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

const logger = mockServices.logger.mock();

onPostgres('the turns of processes on one PostgreSQL (POSTGRES_18)', () => {
  async function createConfig() {
    const knex = await databases.init('POSTGRES_18');
    const { host, port, user, password, database } = knex.client.config.connection;
    const connection = { host, port, user, password };
    const plugin = { operations: { connection: { database } } };
    return mockServices.rootConfig({ data: { backend: { database: { client: 'pg', connection, plugin } } } });
  }

  it('begin one after the other', async () => {
    const config = await createConfig();
    const first = await waitForStartTurn({ config, logger });
    let hasBegun = false;
    const second = waitForStartTurn({ config, logger }).then(turn => {
      hasBegun = true;
      return turn;
    });
    await setTimeout(200);
    expect(hasBegun).toBe(false);
    await first.release();
    await first.release();
    await (await second).release();
  });

  it('leave no timer and no connection behind', async () => {
    const config = await createConfig();
    const countTimers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
    const before = countTimers();
    process.env.NODE_ENV = 'production'; // otherwise Backstage does not keep connections alive
    try {
      const turn = await waitForStartTurn({ config, logger });
      await setTimeout(0);
      expect(countTimers()).toBeGreaterThan(before);
      await turn.release();
    } finally {
      process.env.NODE_ENV = 'test';
    }
    expect(countTimers()).toBeLessThanOrEqual(before); // others may have ended meanwhile
    const knex = await databases.init('POSTGRES_18');
    const asked = "select count(*)::int from pg_stat_activity where datname = ? and state = 'idle'";
    const database = config.getString('backend.database.plugin.operations.connection.database');
    await until(async () => (await knex.raw(asked, [database])).rows[0].count === 0);
  });

  it('are given up when the wait is too long, and then waited for again', async () => {
    const config = await createConfig();
    const first = await waitForStartTurn({ config, logger });
    await expect(waitForStartTurn({ config, logger, waitLimitMs: 50 })).rejects.toThrow('did not finish its start');
    await first.release();
    await (await waitForStartTurn({ config, logger })).release();
  });
});

it('is not waited for on SQLite, where there is one process', async () => {
  const database = { client: 'better-sqlite3', connection: ':memory:' };
  const config = mockServices.rootConfig({ data: { backend: { database } } });
  const turns = await Promise.all([1, 2].map(() => waitForStartTurn({ config, logger })));
  await Promise.all(turns.map(turn => turn.release()));
});
