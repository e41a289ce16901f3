import { TestDatabases } from '@backstage/backend-test-utils';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import knexFactory from 'knex';
import { DatabaseProxy } from './__testUtils__/DatabaseProxy';
import { codeOf, people, runUntil, startDoor, switchHall } from './__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

onPostgres('the door before a PostgreSQL', () => {
  it.each(['refuse', 'cut', 'keep silent'] as const)(
    'says so when connections %s, and goes on when they work again',
    async fault => {
      const { host, port, user, password, database } = (await databases.init('POSTGRES_18')).client.config.connection;
      await using proxy = await DatabaseProxy.start({ host, port });
      const knex = knexFactory({
        client: 'pg',
        connection: { host: '127.0.0.1', port: proxy.port, user, password, database },
        pool: { min: 0, max: 5 },
        acquireConnectionTimeout: 5_000,
      });
      await using door = await startDoor(knex);
      const owner = door.client(people.owner);
      const plan = await owner.plan(switchHall);
      const request = { planId: plan.id, reason: 'It is dark', idempotencyKey: fault };

      await proxy.begin(fault);
      const calls = [owner.listRuns({}), owner.run(request), owner.plan(switchHall)];
      expect(await Promise.all(calls.map(call => codeOf(call)))).toEqual(calls.map(() => 'DATABASE_UNAVAILABLE'));

      await proxy.end();
      await eventually(
        () => codeOf(owner.listRuns({})),
        code => code === 'no error',
      );
      const { id } = await owner.run(request);
      expect(await runUntil(owner, id)).toMatchObject({ state: 'succeeded' });
    },
  );
});
