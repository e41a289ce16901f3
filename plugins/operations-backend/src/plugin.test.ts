import { TestDatabases } from '@backstage/backend-test-utils';
import { codeOf, people, runUntil, startDoor, switchHall, until } from './__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('the door on %s', databaseId => {
  async function start() {
    return startDoor(await databases.init(databaseId));
  }

  it(`plans, runs and records a change on ${databaseId}`, async () => {
    await using door = await start();
    const owner = door.client(people.owner);
    const plan = await owner.plan(switchHall);
    expect(plan).toMatchObject({
      operation: 'lamps-switch',
      title: 'Switch lamp',
      summary: 'Switch hall-1 on',
      environment: 'production',
      changes: [{ label: 'state', before: 'off', after: 'on' }],
      requirements: { reason: true, confirmation: true },
      state: 'open',
      requester: people.owner,
    });
    expect(Date.parse(plan.expiresAt) - Date.parse(plan.createdAt)).toBe(600_000);
    expect(await owner.getPlan(plan.id)).toEqual(plan);
    const { id } = await owner.run({ planId: plan.id, reason: 'It is dark', idempotencyKey: 'a' });
    expect(await runUntil(owner, id)).toMatchObject({
      planId: plan.id,
      requester: people.owner,
      reason: 'It is dark',
      state: 'succeeded',
      result: 'hall-1 is on in generation 2',
      steps: [
        { key: 'switch', state: 'done', progress: 'Reaching for the switch' },
        { key: 'look', state: 'done' },
      ],
    });
    expect(door.lamps.lamps.get('hall-1')).toEqual({ state: 'on', generation: 2 });
    expect((await owner.getPlan(plan.id)).state).toBe('used');
    expect(await codeOf(owner.run({ planId: plan.id, reason: 'again', idempotencyKey: 'b' }))).toBe('PLAN_USED');
  });

  it(`makes one run of one key, and one run of one plan on ${databaseId}`, async () => {
    await using door = await start();
    const owner = door.client(people.owner);
    const plan = await owner.plan(switchHall);
    const request = { planId: plan.id, reason: 'It is dark' };
    const sameKey = await Promise.all([1, 2, 3, 4].map(() => owner.run({ ...request, idempotencyKey: 'same' })));
    expect(new Set(sameKey.map(({ id }) => id)).size).toBe(1);
    await runUntil(owner, sameKey[0].id);
    const back = await owner.plan({ ...switchHall, input: { state: 'off' } });
    const keys = ['b', 'c', 'd'];
    const outcomes = await Promise.all(
      keys.map(idempotencyKey => codeOf(owner.run({ planId: back.id, reason: 'x', idempotencyKey }))),
    );
    expect(outcomes.sort()).toEqual(['PLAN_USED', 'PLAN_USED', 'no error']);
    await until(() => door.lamps.lamps.get('hall-1')?.generation === 3);
    expect(door.lamps.requests.filter(request_ => request_.startsWith('PUT'))).toHaveLength(2);
    const other = await owner.plan(switchHall);
    expect((await owner.run({ planId: other.id, reason: 'x', idempotencyKey: 'same' })).id).toBe(sameKey[0].id);
    const admin = door.client(people.admin);
    const ofAdmin = await admin.plan(switchHall);
    const another = await admin.run({ planId: ofAdmin.id, reason: 'x', idempotencyKey: 'same' });
    expect(another).toMatchObject({ requester: people.admin, planId: ofAdmin.id });
  });

  it(`fails a run whose target has changed, and its plan is stale on ${databaseId}`, async () => {
    await using door = await start();
    const owner = door.client(people.owner);
    const plan = await owner.plan(switchHall);
    door.lamps.lamps.set('hall-1', { state: 'off', generation: 7 });
    const { id } = await owner.run({ planId: plan.id, reason: 'It is dark', idempotencyKey: 'a' });
    expect(await runUntil(owner, id)).toMatchObject({
      state: 'failed',
      error: {
        name: 'ConflictError',
        code: 'PLAN_STALE',
        message: 'The lamp has been switched since the plan was made',
      },
      steps: [{ key: 'switch', state: 'failed' }],
    });
    while ((await owner.getPlan(plan.id)).state !== 'stale') await new Promise(resolve => setTimeout(resolve, 5));
    expect(await codeOf(owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'b' }))).toBe('PLAN_STALE');
  });

  it(`lets a plan expire on ${databaseId}`, async () => {
    const knex = await databases.init(databaseId);
    await using door = await startDoor(knex);
    const owner = door.client(people.owner);
    const plan = await owner.plan(switchHall);
    await knex('plans').update({ expires_at: new Date(Date.now() - 1).toISOString() });
    expect(await codeOf(owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' }))).toBe('PLAN_EXPIRED');
    expect((await owner.getPlan(plan.id)).state).toBe('expired');
  });

  it(`cancels a run, once on ${databaseId}`, async () => {
    await using door = await start();
    const owner = door.client(people.owner);
    const plan = await owner.plan(switchHall);
    door.lamps.hold();
    const { id } = await owner.run({ planId: plan.id, reason: 'It is dark', idempotencyKey: 'a' });
    await until(() => door.lamps.requests.includes('PUT /lamps/hall-1'));
    expect(await codeOf(door.client(people.other).cancelRun(id))).toBe('OPERATION_NOT_ALLOWED');
    await door.client(people.admin).cancelRun(id);
    expect(await runUntil(owner, id)).toMatchObject({
      state: 'cancelled',
      error: {
        code: 'RUN_CANCELLED',
        message: `${people.admin} cancelled the run. Not taken back: Switch.`,
      },
      steps: [{ key: 'switch', state: 'done' }],
    });
    expect(await codeOf(owner.cancelRun(id))).toBe('RUN_FINISHED');
  });

  it(`pages the ledger from the newest and filters it on ${databaseId}`, async () => {
    const knex = await databases.init(databaseId);
    await using door = await startDoor(knex);
    const owner = door.client(people.owner);
    const ids: string[] = [];
    for (const [index, person] of [people.owner, people.admin, people.owner, people.admin, people.owner].entries()) {
      const client = door.client(person);
      const input = { state: index % 2 === 0 ? 'on' : 'off' };
      const plan = await client.plan({ ...switchHall, input });
      const { id } = await client.run({ planId: plan.id, reason: 'x', idempotencyKey: String(index) });
      await runUntil(client, id);
      ids.unshift(id);
    }
    // Runs of the same millisecond are told apart by their ids.
    await knex('runs').whereIn('id', ids.slice(1, 4)).update({ created_at: '2026-01-01T00:00:00.000Z' });
    const expected = [ids[0], ...ids.slice(1, 4).sort().reverse(), ids[4]];
    await knex('runs').where({ id: ids[4] }).update({ created_at: '2025-01-01T00:00:00.000Z' });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await owner.listRuns({ entityRef: switchHall.entityRef, limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(expected);
    const byAdmin = await owner.listRuns({ requester: people.admin, state: 'succeeded' });
    expect(byAdmin.items.map(({ requester }) => requester)).toEqual([people.admin, people.admin]);
    expect((await owner.listRuns({ entityRef: 'component:default/none' })).items).toEqual([]);
    expect(await codeOf(owner.listRuns({ cursor: 'nonsense' }))).toMatch(/400/);
  });
});
