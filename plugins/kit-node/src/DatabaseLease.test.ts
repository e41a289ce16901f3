import { spawn } from 'node:child_process';
import path from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DatabaseLease, type DatabaseLeaseOptions } from './DatabaseLease';
import { eventually } from './testUtils';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
/** Signs of life at once, and a life that no stall of the machine is longer than. */
const quick = { lifeMs: 60_000, heartbeatMs: 50, retryMs: 20 };

async function createTable(knex: Knex): Promise<void> {
  await knex.schema.createTable('leases', table => {
    table.string('name').primary();
    table.string('holder').notNullable();
    table.integer('fence').notNullable();
    table.bigInteger('until_ms').notNullable();
  });
}

function leaseOf(knex: Knex, holder: string, options: Partial<DatabaseLeaseOptions> = {}): DatabaseLease {
  return DatabaseLease.create({ knex, table: 'leases', name: 'work', holder, ...quick, ...options });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

describe.each(databases.eachSupportedId())('DatabaseLease on %s', databaseId => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await createTable(knex);
  });

  it('is held by one, lives longer with each sign of its holder, and goes on with a larger fence', async () => {
    const [first, second] = [leaseOf(knex, 'first'), leaseOf(knex, 'second')];
    const held = (await first.acquire())!;
    expect(await second.acquire()).toBeUndefined();
    const holder = (await second.findHolder())!;
    expect(holder).toMatchObject({ holder: 'first', fence: held.fence });
    expect(holder.until.getTime() - Date.now()).toBeLessThanOrEqual(quick.lifeMs + 100);
    for (const _sign of [1, 2]) {
      const { until } = (await second.findHolder())!;
      await eventually(
        () => second.findHolder(),
        later => later!.until > until,
      );
    }
    await held.assertHeld();
    expect(await second.acquire()).toBeUndefined();

    await held[Symbol.asyncDispose]();
    expect(held.signal.aborted).toBe(true);
    expect(await second.findHolder()).toBeUndefined();
    await using next = (await second.acquire())!;
    expect(next.fence).toBe(held.fence + 1);
    await expect(held.assertHeld()).rejects.toThrow('is lost');
    await next.assertHeld();
  });

  it('tells its holder when another one got it, and lets it write nothing more', async () => {
    await using held = (await leaseOf(knex, 'first').acquire())!;
    await knex('leases').update({ holder: 'second', fence: held.fence + 1 });
    await expect(knex.transaction(transaction => held.assertHeld(transaction))).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect(held.signal.aborted).toBe(true);
  });

  it('notices within a heartbeat that it is lost', async () => {
    await using held = (await leaseOf(knex, 'first').acquire())!;
    await knex('leases').update({ until_ms: 0 });
    const started = performance.now();
    await aborted(held.signal);
    expect(performance.now() - started).toBeLessThan(quick.lifeMs / 2);
  });

  it('has one worker of many at a time, each until its end', async () => {
    const ends = ['a', 'b', 'c'].map(() => new AbortController());
    const log: string[] = [];
    let workerCount = 0;
    const keepers = ends.map((end, index) =>
      leaseOf(knex, `${index}`).keep(async (_held, signal) => {
        workerCount += 1;
        log.push(`${workerCount}`);
        ends[index].abort();
        await aborted(signal);
        workerCount -= 1;
      }, end.signal),
    );
    await Promise.all(keepers);
    expect(log).toEqual(['1', '1', '1']);
  });

  it('reports work that fails and begins it again', async () => {
    const end = new AbortController();
    const problems: unknown[] = [];
    let attempts = 0;
    await leaseOf(knex, 'first', { onError: error => problems.push(error) }).keep(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('broken');
      end.abort();
    }, end.signal);
    expect(problems).toEqual([new Error('broken')]);
    expect(attempts).toBe(2);
  });
});

const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

onPostgres('DatabaseLease between processes', () => {
  it('gives up by itself when the database cannot be asked any more', async () => {
    const knex = await databases.init('POSTGRES_18');
    await createTable(knex);
    const problems: unknown[] = [];
    const { client, connection } = knex.client.config as Knex.Config;
    const other = (await import('knex')).default({ client, connection });
    const options = { lifeMs: 2_000, onError: (error: unknown) => problems.push(error) };
    const held = (await leaseOf(other, 'cut off', options).acquire())!;
    await other.destroy();
    await aborted(held.signal);
    expect(problems.length).toBeGreaterThan(0);
    await held[Symbol.asyncDispose]();
  });

  it('passes on when its holder is killed', async () => {
    const knex = await databases.init('POSTGRES_18');
    await createTable(knex);
    const { host, port, user, password, database } = knex.client.config.connection;
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        path.join(__dirname, '__testUtils__', 'leaseHolderProcess.ts'),
        `postgres://${user}:${password}@${host}:${port}/${database}`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      await new Promise<void>((resolve, reject) => {
        child.stdout.on('data', () => resolve());
        child.on('exit', code => reject(new Error(`The holder ended with ${code}`)));
      });
      const lease = leaseOf(knex, 'survivor');
      expect(await lease.acquire()).toBeUndefined();
      child.kill('SIGKILL');
      const end = new AbortController();
      await lease.keep(async () => end.abort(), end.signal);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
