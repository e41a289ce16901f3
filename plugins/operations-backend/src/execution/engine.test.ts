import { TestDatabases } from '@backstage/backend-test-utils';
import { runTopic, type Run } from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { createEngine, insertRun, quickTiming, reached, type TestRun } from '../__testUtils__/createEngine';
import { until } from '../__testUtils__/startDoor';
import { tallyOperation } from '../__testUtils__/tallyOperation';
import { TallyServer } from '../__testUtils__/TallyServer';
import { migrationsDirectory } from '../database/migrate';
import type { RunExecutorOptions } from './RunExecutor';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('the engine on %s', databaseId => {
  let knex: Knex;
  let tallies: TallyServer;
  const engines: Array<ReturnType<typeof createEngine>> = [];

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsDirectory });
  });
  beforeEach(async () => {
    tallies = await TallyServer.start();
  });
  afterEach(async () => {
    tallies.release();
    await Promise.all(engines.splice(0).map(({ executor }) => executor.close()));
    await tallies[Symbol.asyncDispose]();
  });

  async function start(options: Partial<RunExecutorOptions> = {}) {
    const engine = createEngine(knex, { operations: [tallyOperation(tallies.url)], ...options });
    engines.push(engine);
    await engine.executor.start();
    return engine;
  }

  async function request(engine: { executor: { kick(id: string): void } }, run: TestRun = {}): Promise<string> {
    const id = await insertRun(knex, run);
    engine.executor.kick(id);
    return id;
  }

  function countsOf(id: string): Record<string, number> {
    const own = [...tallies.counts].filter(([key]) => key.startsWith(`${id}/`));
    return Object.fromEntries(own.map(([key, count]) => [key.slice(id.length + 1), count]));
  }

  async function eventsOf(id: string): Promise<string[]> {
    return (await knex('ledger_entries').where({ run_id: id }).orderBy('position')).map(({ event }) => event);
  }

  it(`carries out steps and waits, and keeps what came of it on ${databaseId}`, async () => {
    const engine = await start();
    const id = await request(engine, { input: { looks: 3, secret: { secretRef: 'four' } } });
    const run = await reached(engine.reader, id);
    expect(run).toMatchObject({ state: 'succeeded', result: 'Counted 3', output: { three: 1 } });
    expect(run.steps).toMatchObject([
      { key: 'one', title: 'Count with 4 letters', kind: 'apply', state: 'done', progress: 'Counting one' },
      { key: 'two', state: 'done' },
      { key: 'settle', state: 'done', progress: '3 looks' },
      { key: 'three', state: 'done' },
    ]);
    expect(countsOf(id)).toEqual({ one: 1, two: 1, looks: 3, three: 1 });
    expect(await eventsOf(id)).toEqual(['started', 'finished']);
    expect(await knex('runs').where({ id }).first()).toMatchObject({ lease_owner: null });
    expect(await knex('target_locks').where({ run_id: id })).toEqual([]);
  });

  it(`takes back what was done when a later step fails, the last first on ${databaseId}`, async () => {
    const engine = await start();
    const id = await request(engine, { input: { fails: true } });
    const run = await reached(engine.reader, id);
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'UPSTREAM_FAILED', message: 'The third is broken. Taken back: Count two, Count one.' },
    });
    expect(run.steps.map(({ key, kind, state }) => [key, kind, state])).toEqual([
      ['one', 'apply', 'done'],
      ['two', 'apply', 'done'],
      ['settle', 'apply', 'done'],
      ['undo:two', 'compensation', 'done'],
      ['undo:one', 'compensation', 'done'],
    ]);
    expect(countsOf(id)).toEqual({ one: 1, two: 1, looks: 2, 'undo-two': 1, 'undo-one': 1 });
  });

  it(`leaves a run to people when something cannot be taken back on ${databaseId}`, async () => {
    const engine = await start();
    const id = await insertRun(knex, { input: { fails: true } });
    tallies.broken.add(`${id}/undo-two`);
    engine.executor.kick(id);
    expect(await reached(engine.reader, id)).toMatchObject({
      state: 'needs-attention',
      error: {
        message: expect.stringMatching(/The third is broken\. "Uncount two" failed: The tallies failed\. Look at the/),
      },
    });
    expect(countsOf(id)).toEqual({ one: 1, two: 1, looks: 2 });
  });

  it(`takes back a step that took effect without an answer on ${databaseId}`, async () => {
    const engine = await start();
    const id = await insertRun(knex);
    tallies.mute.add(`${id}/two`);
    engine.executor.kick(id);
    expect(await reached(engine.reader, id)).toMatchObject({
      state: 'failed',
      error: { message: 'The tallies do not answer. Taken back: Count two, Count one.' },
    });
    expect(countsOf(id)).toEqual({ one: 1, two: 1, 'undo-two': 1, 'undo-one': 1 });
  });

  it(`gives up a wait whose time is up, and stops what it waits for on ${databaseId}`, async () => {
    const engine = await start();
    const id = await request(engine, { input: { looks: 1_000, waitTimeoutMs: 50 } });
    expect(await reached(engine.reader, id)).toMatchObject({
      state: 'failed',
      error: { message: expect.stringMatching(/did not end within .* Taken back: Count two, Count one\./) },
    });
    expect(countsOf(id)).toMatchObject({ stopped: 1, 'undo-one': 1, 'undo-two': 1 });
  });

  it(`cancels a waiting run from another process, at once on ${databaseId}`, async () => {
    const holder = await start();
    const other = await start();
    const id = await request(holder, { input: { looks: 1_000_000 } });
    await reached(holder.reader, id, run => run.steps.some(({ state }) => state === 'waiting'));
    expect(await other.executor.cancel(id, 'user:default/adam')).toBe(true);
    expect(await reached(other.reader, id)).toMatchObject({
      state: 'cancelled',
      error: {
        code: 'RUN_CANCELLED',
        message: 'user:default/adam cancelled the run. Taken back: Count two, Count one.',
      },
    });
    expect(countsOf(id)).toMatchObject({ one: 1, two: 1, stopped: 1, 'undo-one': 1, 'undo-two': 1 });
    expect(await other.executor.cancel(id, 'user:default/adam')).toBe(false);
    expect(holder.errors).toEqual([]);
  });

  it(`cancels a step under way in another process, and finds out what became of it on ${databaseId}`, async () => {
    const holder = await start();
    const other = await start();
    const id = await insertRun(knex);
    tallies.held.add(`${id}/two`);
    holder.executor.kick(id);
    await until(() => tallies.countOf(`${id}/two`) === 1);
    await other.executor.cancel(id, 'user:default/adam');
    expect(await reached(other.reader, id)).toMatchObject({ state: 'cancelled' });
    expect(countsOf(id)).toEqual({ one: 1, two: 1, 'undo-two': 1, 'undo-one': 1 });
  });

  it(`tells readers at another process within a second of each change on ${databaseId}`, async () => {
    const holder = await start();
    const reader = createEngine(knex, { operations: [] });
    const id = randomUUID();
    tallies.held.add(`${id}/one`);
    await insertRun(knex, { id });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { data } of reader.topics.states(runTopic(id), { signal: new AbortController().signal })) {
        seen.push((data as Run).state);
      }
    })();
    holder.executor.kick(id);
    await until(() => seen.includes('running'));
    tallies.release();
    await reading;
    expect(seen.at(-1)).toBe('succeeded');
  });

  it(`asks the database little before it begins on ${databaseId}`, async () => {
    const engine = await start();
    await engine.executor.close(); // its polling is not counted
    const timing = { ...quickTiming, heartbeatMs: 20_000 }; // neither are its signs of life
    const quiet = createEngine(knex, { operations: [tallyOperation(tallies.url)], timing });
    engines.push(quiet);
    const id = await insertRun(knex);
    tallies.held.add(`${id}/one`);
    const statements: string[] = [];
    const count = ({ sql }: { sql: string }) => void statements.push(sql);
    knex.on('query', count);
    quiet.executor.kick(id);
    await until(() => tallies.countOf(`${id}/one`) === 1);
    knex.off('query', count);
    const isStep = (sql: string) => sql.includes('run_steps');
    const before = statements.slice(0, statements.findIndex(isStep) - 1).filter(sql => !/^(begin|commit)/i.test(sql));
    expect(before.length).toBeLessThanOrEqual(7);
  });

  it(`ends runs that have not begun when they are cancelled on ${databaseId}`, async () => {
    const engine = createEngine(knex, { operations: [] });
    for (const state of ['queued', 'held', 'awaiting-approval'] as const) {
      const id = await insertRun(knex, { state });
      expect(await engine.executor.cancel(id, 'user:default/adam')).toBe(true);
      expect(await engine.reader.find(id)).toMatchObject({ state: 'cancelled', error: { code: 'RUN_CANCELLED' } });
      expect(await eventsOf(id)).toEqual(['cancelled']);
    }
  });

  it(`lets one run at a time change a target on ${databaseId}`, async () => {
    const engine = await start();
    const first = await insertRun(knex, { target: 'shared' });
    tallies.held.add(`${first}/one`);
    engine.executor.kick(first);
    await until(() => tallies.countOf(`${first}/one`) === 1);
    const second = await request(engine, { target: 'SHARED' });
    await new Promise(resolve => setTimeout(resolve, quickTiming.pollMs * 3));
    expect(await engine.reader.find(second)).toMatchObject({ state: 'queued', waitsFor: first });
    expect(countsOf(second)).toEqual({});
    tallies.release();
    expect(await reached(engine.reader, second)).toMatchObject({ state: 'succeeded' });
    const [before, after] = [await engine.reader.find(first), await engine.reader.find(second)];
    expect(Date.parse(before?.finishedAt ?? '')).toBeLessThanOrEqual(Date.parse(after?.startedAt ?? ''));
  });

  it(`carries out no more runs at a time than it may on ${databaseId}`, async () => {
    const engine = await start({ concurrency: 2 });
    const ids = [await insertRun(knex), await insertRun(knex), await insertRun(knex)];
    ids.forEach(id => tallies.held.add(`${id}/one`));
    ids.forEach(id => engine.executor.kick(id));
    const begun = () => ids.filter(id => tallies.countOf(`${id}/one`) === 1).length;
    await until(() => begun() === 2);
    await new Promise(resolve => setTimeout(resolve, quickTiming.pollMs * 3));
    expect(begun()).toBe(2);
    tallies.release();
    for (const id of ids) expect(await reached(engine.reader, id)).toMatchObject({ state: 'succeeded' });
  });

  it(`is held by a freeze before its next step and goes on when that is over on ${databaseId}`, async () => {
    const engine = await start();
    const id = await insertRun(knex, { target: 'frozen' });
    tallies.held.add(`${id}/one`);
    engine.executor.kick(id);
    await until(() => tallies.countOf(`${id}/one`) === 1);
    const scope = { cluster: 'house' };
    const freeze = await engine.freezes.create(
      { scope, reason: 'Night', endsAt: new Date(Date.now() + 3_600_000).toISOString() },
      'user:default/adam',
    );
    tallies.release();
    expect(await reached(engine.reader, id, ({ state }) => state === 'held')).toMatchObject({
      heldBy: [{ id: freeze.id }],
    });
    expect(await knex('target_locks').where({ run_id: id })).toHaveLength(1);
    const breaking = { by: 'user:default/adam', reason: 'Fire', at: new Date().toISOString() };
    const urgent = await request(engine, { breakGlass: breaking });
    expect(await reached(engine.reader, urgent)).toMatchObject({ state: 'succeeded', breakGlass: breaking });
    await engine.freezes.end(freeze.id, 'user:default/adam');
    expect(await reached(engine.reader, id)).toMatchObject({ state: 'succeeded' });
    expect(await eventsOf(id)).toEqual(['started', 'held', 'released', 'finished']);
    expect(countsOf(id)).toMatchObject({ one: 1, two: 1, three: 1 });
  });

  it(`ends what waited too long; a held run takes back what it had done on ${databaseId}`, async () => {
    const engine = await start();
    const past = new Date(Date.now() - 1).toISOString();
    const approvers = ['user:default/adam'];
    const approval = { kind: 'approval' as const, state: 'waiting' as const, approvers, expiresAt: past };
    const waiting = await insertRun(knex, { state: 'awaiting-approval', approval, expiresAt: past });
    expect(await reached(engine.reader, waiting)).toMatchObject({
      state: 'expired',
      approval: { state: 'expired' },
      error: { code: 'APPROVAL_EXPIRED' },
    });
    const held = await insertRun(knex, { state: 'held', expiresAt: past });
    expect(await reached(engine.reader, held)).toMatchObject({ state: 'expired' });
    expect(await eventsOf(held)).toEqual(['expired']);

    const begun = await request(engine, { input: { looks: 1_000_000 } });
    await reached(engine.reader, begun, run => run.steps.some(({ state }) => state === 'waiting'));
    await knex('runs')
      .where({ id: begun })
      .update({ state: 'held', lease_owner: null, lease_until: 0, expires_at: past });
    expect(await reached(engine.reader, begun)).toMatchObject({
      state: 'failed',
      error: { message: 'A freeze held the run until its time was up. Taken back: Count two, Count one.' },
    });
    expect(countsOf(begun)).toMatchObject({ one: 1, two: 1, stopped: 1, 'undo-two': 1, 'undo-one': 1 });
  });

  it(`hands its runs over when it ends on ${databaseId}`, async () => {
    const first = await start();
    const id = await insertRun(knex);
    tallies.held.add(`${id}/two`);
    first.executor.kick(id);
    await until(() => tallies.countOf(`${id}/two`) === 1);
    await first.executor.close();
    expect(await first.reader.find(id)).toMatchObject({
      state: 'running',
      steps: [{}, { key: 'two', state: 'started' }],
    });
    expect(() => first.executor.assertOpen()).toThrow(/shutting down/);
    const endedAt = Date.now();
    const second = await start();
    expect(await reached(second.reader, id)).toMatchObject({ state: 'succeeded' });
    expect(Date.now() - endedAt).toBeLessThan(quickTiming.leaseMs);
    expect(countsOf(id)).toMatchObject({ one: 1, two: 1, three: 1 });
  });

  it(`starts nothing anew in a run that was interrupted for too long on ${databaseId}`, async () => {
    const first = await start();
    const id = await insertRun(knex);
    tallies.held.add(`${id}/two`);
    first.executor.kick(id);
    await until(() => tallies.countOf(`${id}/two`) === 1);
    await first.executor.close();
    const second = await start({ resumeWithinMs: -1 });
    expect(await reached(second.reader, id)).toMatchObject({
      state: 'needs-attention',
      error: { code: 'RUN_INTERRUPTED', message: expect.stringMatching(/before the step "Count three"/) },
      steps: [{}, { key: 'two', state: 'done' }, { key: 'settle', state: 'done' }],
    });
    expect(countsOf(id)).toMatchObject({ one: 1, two: 1 });
  });

  it(`writes nothing more once another process has the run on ${databaseId}`, async () => {
    const engine = await start();
    const id = await insertRun(knex);
    tallies.held.add(`${id}/one`);
    engine.executor.kick(id);
    await until(() => tallies.countOf(`${id}/one`) === 1);
    await knex('runs').where({ id }).increment('fence', 1).update({ lease_owner: 'another', version: 100 });
    tallies.release();
    await until(() => engine.warnings.length > 0);
    expect(await knex('runs').where({ id }).first()).toMatchObject({
      state: 'running',
      lease_owner: 'another',
      version: 100,
    });
    expect(await knex('run_steps').where({ run_id: id })).toMatchObject([{ key: 'one', state: 'started' }]);
    expect(countsOf(id)).toEqual({ one: 1 });
    await knex('runs').where({ id }).update({ state: 'failed' });
  });

  it(`leaves a run to people when its operation is not installed any more on ${databaseId}`, async () => {
    const engine = await start();
    const id = await request(engine, { operation: 'tallies-gone' });
    expect(await reached(engine.reader, id)).toMatchObject({
      state: 'needs-attention',
      error: { code: 'RUN_INTERRUPTED', message: expect.stringMatching(/not installed any more/) },
    });
  });
});
