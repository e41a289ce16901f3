import { TestDatabases } from '@backstage/backend-test-utils';
import { setTimeout } from 'node:timers/promises';
import { createEngine, insertRun, quickTiming } from '../__testUtils__/createEngine';
import { tallyOperation } from '../__testUtils__/tallyOperation';
import { TallyServer } from '../__testUtils__/TallyServer';
import { migrationsDirectory } from '../database/migrate';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('runs that wait on %s', databaseId => {
  async function start(options: { concurrency: number; pollMs: number }) {
    const { concurrency, pollMs } = options;
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsDirectory });
    const tallies = await TallyServer.start();
    const operations = [tallyOperation(tallies.url)];
    const { executor } = createEngine(knex, {
      operations,
      concurrency,
      timing: { ...quickTiming, pollMs },
    });
    const insert = async (target?: string) => {
      await setTimeout(2); // so that each is younger than the one before
      return insertRun(knex, { input: { looks: 1 }, target });
    };
    const begun = async () => knex('ledger_entries').where({ event: 'started' }).orderBy('position').pluck('run_id');
    return {
      ...{ knex, executor, insert, begun },
      async ended(count: number) {
        for (;;) {
          const [{ ended }] = await knex('runs').where({ state: 'succeeded' }).count('* as ended');
          if (Number(ended) === count) return;
          await setTimeout(10);
        }
      },
      async [Symbol.asyncDispose]() {
        await executor.close();
        await tallies[Symbol.asyncDispose]();
      },
    };
  }

  it(`begin in the order in which they were asked for, also when newer ones keep coming on ${databaseId}`, async () => {
    await using door = await start({ concurrency: 1, pollMs: 20 });
    const waiting = [];
    for (let number = 0; number < 6; number++) waiting.push(await door.insert());
    await door.executor.start();
    const newer = [];
    for (let number = 0; number < 6; number++) {
      newer.push(await door.insert());
      door.executor.kick(newer[number]);
      await setTimeout(10);
    }
    await door.ended(12);
    expect(await door.begun()).toEqual([...waiting, ...newer]);
  });

  it(`begin one after the other where they have one target, whoever is kicked first on ${databaseId}`, async () => {
    await using door = await start({ concurrency: 8, pollMs: 20 });
    const ids = [await door.insert('one'), await door.insert('one'), await door.insert('one')];
    const other = await door.insert('two');
    [other, ...ids.toReversed()].forEach(id => door.executor.kick(id));
    await door.executor.start();
    await door.ended(4);
    expect((await door.begun()).filter(id => id !== other)).toEqual(ids);
    expect((await door.begun()).slice(0, 2)).toContain(other);
  });
});
