import { TestDatabases } from '@backstage/backend-test-utils';
import { UpstreamError } from '@leitstand/plugin-kit-common';
import type { Run } from '@leitstand/plugin-operations-common';
import type { Operation, OperationStep } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import { createEngine, insertRun, quickTiming, reached } from '../__testUtils__/createEngine';
import { until } from '../__testUtils__/startDoor';
import { tallyOperation } from '../__testUtils__/tallyOperation';
import { TallyServer } from '../__testUtils__/TallyServer';
import { migrationsDirectory } from '../database/migrate';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const adam = 'user:default/adam';

function inMs(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

describe.each(databases.eachSupportedId())('nothing stops the engine on %s', databaseId => {
  let tallies: TallyServer;

  beforeEach(async () => {
    tallies = await TallyServer.start();
  });
  afterEach(async () => {
    tallies.release();
    await tallies[Symbol.asyncDispose]();
  });

  async function start(apply?: Operation['apply']) {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsDirectory });
    const operation = tallyOperation(tallies.url) as unknown as Operation;
    const operations = [apply ? { ...operation, apply } : operation];
    const engine = createEngine(knex, { operations, timing: { ...quickTiming, leaseMs: 10_000 } });
    return Object.assign(engine, {
      knex,
      freeze: () => engine.freezes.create({ scope: { cluster: 'house' }, reason: 'x', endsAt: inMs(600_000) }, adam),
      ended: (id: string) => reached(engine.reader, id),
      [Symbol.asyncDispose]: () => engine.executor.close(),
    });
  }

  function doing(step: Partial<OperationStep<void>>, result = 'Done'): Operation['apply'] {
    return async context => {
      await context.step('one', { title: 'One', do: async () => {}, confirm: async () => 'not-done', ...step });
      return result;
    };
  }

  it(`a run that has begun goes on past an older one that waits for its target on ${databaseId}`, async () => {
    await using engine = await start();
    const older = await insertRun(engine.knex, { target: 'shared', state: 'awaiting-approval' });
    await new Promise(resolve => setTimeout(resolve, 5)); // so that it is older
    const begun = await insertRun(engine.knex, { target: 'shared' });
    tallies.held.add(`${begun}/one`);
    await engine.executor.start();
    await until(() => tallies.countOf(`${begun}/one`) === 1);
    await engine.freeze();
    tallies.release();
    await reached(engine.reader, begun, ({ state }) => state === 'held');
    const breakGlass = { by: adam, reason: 'Fire', at: inMs(0) };
    for (const [id, from] of [
      [older, 'awaiting-approval'],
      [begun, 'held'],
    ] as const) {
      await engine.runs.moveFrom(id, { from: [from], change: { state: 'queued', breakGlass } });
    }
    const states = await Promise.all([engine.ended(begun), engine.ended(older)]);
    expect(states.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  });

  it(`many runs that a freeze holds keep nobody else waiting on ${databaseId}`, async () => {
    await using engine = await start();
    await engine.freeze();
    const ids: string[] = [];
    for (let number = 0; number < 205; number++) {
      ids.push(await insertRun(engine.knex, { state: 'held', expiresAt: inMs(600_000) }));
    }
    const overdue = await insertRun(engine.knex, { state: 'held', expiresAt: inMs(-1) });
    const elsewhere = await insertRun(engine.knex, { state: 'held', expiresAt: inMs(600_000) });
    await moveTo(engine.knex, elsewhere, 'garden');
    await engine.executor.start();
    expect((await engine.ended(overdue)).state).toBe('expired');
    expect((await engine.ended(elsewhere)).state).toBe('succeeded');
    expect((await engine.reader.find(ids[0]))?.state).toBe('held');
  });

  it.each([
    { name: 'a long title', step: { title: 'x'.repeat(400) }, title: 'x'.repeat(255) },
    { name: 'a title with a NUL', step: { title: 'a\u0000b' }, title: 'a\uFFFDb' },
    { name: 'a title with half a character', step: { title: 'a\uD83D' }, title: 'a\uFFFD' },
  ])(`texts of an operation are kept as the database can: $name on ${databaseId}`, async ({ step, title }) => {
    await using engine = await start(
      doing({ ...step, do: async ({ progress }) => progress('half\u0000way') }, 'done\u0000'),
    );
    const id = await insertRun(engine.knex);
    await engine.executor.start();
    expect(await engine.ended(id)).toMatchObject({
      ...{ state: 'succeeded', result: 'done\uFFFD' },
      steps: [{ title, progress: 'half\uFFFDway' }],
    } satisfies Partial<Omit<Run, 'steps'>> & { steps: object[] });
  });

  it(`a run that cannot even be read is left to people, and its target to others on ${databaseId}`, async () => {
    await using engine = await start();
    const id = await insertRun(engine.knex, { target: 'shared' });
    await new Promise(resolve => setTimeout(resolve, 5)); // so that it is older
    const next = await insertRun(engine.knex, { target: 'shared' });
    const { plan_id: planId } = await engine.knex('runs').where({ id }).first();
    await engine.knex('plans').where({ id: planId }).update({ document: 'no JSON' });
    await engine.knex('runs').where({ id }).update({ interruptions: 8 });
    await engine.executor.start();
    expect(await engine.ended(id)).toMatchObject({
      state: 'needs-attention',
      error: { code: 'RUN_INTERRUPTED', message: expect.stringMatching(/begun 10 times in a row/) },
    });
    expect((await engine.ended(next)).state).toBe('succeeded');
  });

  it.each([
    { code: 'UPSTREAM_FAILED', upstreamStatus: 504, state: 'done' },
    { code: 'UPSTREAM_UNREADABLE', upstreamStatus: 200, state: 'done' },
    { code: 'UPSTREAM_FAILED', upstreamStatus: 500, state: 'failed' },
  ] as const)(`a step whose answer says nothing is asked about: $code $upstreamStatus on ${databaseId}`, async of => {
    const { state, ...answer } = of;
    const fails = async () => {
      throw new UpstreamError('It failed', { ...answer, system: 'tallies', operation: 'count' });
    };
    await using engine = await start(doing({ do: fails, confirm: async () => 'done' }));
    const id = await insertRun(engine.knex);
    await engine.executor.start();
    expect(await engine.ended(id)).toMatchObject({ state: 'failed', steps: [{ state }] });
  });

  it(`a run does not fail because nobody can tell for a moment what is frozen on ${databaseId}`, async () => {
    await using engine = await start();
    const id = await insertRun(engine.knex);
    await engine.knex.schema.renameTable('freezes', 'freezes_gone');
    await engine.executor.start();
    await until(() => engine.warnings.length > 0);
    await engine.knex.schema.renameTable('freezes_gone', 'freezes');
    expect(await engine.ended(id)).toMatchObject({ state: 'succeeded' });
  });
});

/** Where a run changes something. */
async function moveTo(knex: Knex, id: string, cluster: string): Promise<void> {
  const { document } = await knex('runs').where({ id }).first();
  const { target, ...rest } = JSON.parse(document) as { target: object };
  await knex('runs')
    .where({ id })
    .update({ document: JSON.stringify({ ...rest, target: { ...target, cluster } }) });
}
