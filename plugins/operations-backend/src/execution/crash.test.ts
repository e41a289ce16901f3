import { TestDatabases } from '@backstage/backend-test-utils';
import { isFinished } from '@leitstand/plugin-operations-common';
import knexFactory, { type Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { crashingKnex, type CrashPoint } from '../__testUtils__/crashingKnex';
import { createEngine, insertRun, quickTiming, reached } from '../__testUtils__/createEngine';
import { tallyOperation, type TallyInput } from '../__testUtils__/tallyOperation';
import { TallyServer } from '../__testUtils__/TallyServer';
import { migrationsDirectory } from '../database/migrate';
import type { RunExecutor } from './RunExecutor';

/*
 * A process dies at every point at which its run could be cut: before and after each commit. Another process, with nothing
 * but the database, brings each run to the same end. Upstream counts what was done, and refuses nothing.
 */

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const timing = { ...quickTiming, pollMs: 10, graceMs: 50 };

const scenarios: Array<{
  name: string;
  input: TallyInput;
  state: string;
  counts: Record<string, number>;
  cancels?: boolean;
}> = [
  { name: 'a run that succeeds', input: {}, state: 'succeeded', counts: { one: 1, two: 1, three: 1 } },
  {
    name: 'a run that fails and is taken back',
    input: { fails: true },
    state: 'failed',
    counts: { one: 1, two: 1, 'undo-two': 1, 'undo-one': 1 },
  },
  {
    name: 'a run that is cancelled while it waits',
    input: { looks: 1_000_000 },
    state: 'cancelled',
    counts: { one: 1, two: 1, 'undo-two': 1, 'undo-one': 1 },
    cancels: true,
  },
];

describe.each(databases.eachSupportedId())('a process that dies on %s', databaseId => {
  let directory: string;
  /** Databases of their own, so that nobody takes up the run of another crash. */
  let lanes: Array<{ config: Knex.Config; knex: Knex }>;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'door-crash-'));
    lanes = await Promise.all([0, 1, 2, 3].map(openLane));
  });
  afterAll(async () => {
    await Promise.all(lanes.map(({ knex }) => knex.destroy()));
    await rm(directory, { recursive: true });
  });

  async function openLane(number: number) {
    const config = databaseId === 'SQLITE_3' ? sqliteConfig(path.join(directory, `${number}`)) : await postgresConfig();
    const knex = knexFactory(config);
    if (databaseId === 'SQLITE_3') await knex.raw('pragma journal_mode = wal');
    await knex.migrate.latest({ directory: migrationsDirectory });
    return { config, knex };
  }

  async function postgresConfig(): Promise<Knex.Config> {
    const { client, connection } = (await databases.init(databaseId)).client.config as Knex.Config;
    return { client, connection, pool: { min: 0, max: 4 } };
  }

  /** Through the process that has the run, or through the next one. */
  async function cancelWhenWaiting(knex: Knex, id: string, executors: RunExecutor[]): Promise<void> {
    while (!(await knex('run_steps').where({ run_id: id, state: 'waiting' }).first())) await setTimeout(2);
    const [first, second] = executors;
    await first.cancel(id, 'user:default/adam').catch(() => second.cancel(id, 'user:default/adam'));
  }

  /** Of a process that died; nobody waits for it here. */
  async function endLease(knex: Knex, id: string): Promise<void> {
    const ended = { lease_until: Date.now() - 1, wake_at: 0 };
    await knex('runs').where({ id }).whereNotNull('lease_owner').update(ended);
  }

  /** @returns where the run came to, and whether the process died on the way */
  async function crash(scenario: (typeof scenarios)[number], laneNumber: number, point?: CrashPoint) {
    const { config, knex } = lanes[laneNumber];
    await using tallies = await TallyServer.start();
    const operations = [tallyOperation(tallies.url)];
    const dying = crashingKnex(config);
    const id = await insertRun(knex, { input: scenario.input });
    const first = createEngine(dying.knex, { operations, timing });
    await first.executor.start();
    dying.arm(point);
    first.executor.kick(id);
    const survivor = createEngine(knex, { operations, timing });
    const executors = [first.executor, survivor.executor];
    const cancelling = scenario.cancels ? cancelWhenWaiting(knex, id, executors) : undefined;
    await reached(survivor.reader, id, ({ state }) => dying.isDead() || isFinished(state));
    await first.executor.close();
    await endLease(knex, id);
    await survivor.executor.start();
    await cancelling;
    const run = await reached(survivor.reader, id);
    await survivor.executor.close();
    await dying.knex.destroy();
    const counts = Object.fromEntries([...tallies.counts].map(([key, count]) => [key.split('/')[1], count]));
    delete counts.looks;
    return { isDead: dying.isDead(), run, counts, locks: await knex('target_locks').where({ run_id: id }) };
  }

  it.each(scenarios)(`loses nothing and repeats nothing of $name on ${databaseId}`, async scenario => {
    const whole = await crash(scenario, 0);
    expect(whole.counts).toMatchObject(scenario.counts);
    let pointCount = 0;
    for (let isOver = false; !isOver; pointCount += lanes.length) {
      const from = pointCount;
      const points = lanes.map((_, index) => pointOf(from + index));
      const crashes = await Promise.all(points.map((point, index) => crash(scenario, index, point)));
      crashes.forEach(({ run, counts, locks }, index) => {
        const { stopped = 0, ...done } = counts;
        const { state, counts: expected } = scenario;
        const [point, { error }] = [points[index], whole.run];
        expect({ point, state: run.state, error: run.error, done }).toEqual({ point, state, error, done: expected });
        expect(stopped).toBeLessThanOrEqual(2);
        expect(run.steps.filter(step => step.state === 'started')).toEqual([]);
        expect(locks).toEqual([]);
      });
      isOver = crashes.every(({ isDead }) => !isDead);
    }
    expect(pointCount).toBeGreaterThan(24);
  });
});

function sqliteConfig(filename: string): Knex.Config {
  return { client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true, pool: { min: 1, max: 1 } };
}

function pointOf(number: number): CrashPoint {
  return { commit: Math.floor(number / 2) + 1, side: number % 2 === 0 ? 'before' : 'after' };
}
