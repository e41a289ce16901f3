import { TestDatabases } from '@backstage/backend-test-utils';
import { codeOf, people, runUntil, startDoor, switchHall, until } from '../__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

async function start() {
  return startDoor(await databases.init('SQLITE_3'));
}

type Client = ReturnType<Awaited<ReturnType<typeof start>>['client']>;

async function carryOut(client: Client, planId: string): Promise<string> {
  const { id } = await client.run({ planId, reason: 'x', idempotencyKey: planId });
  await runUntil(client, id);
  return id;
}

describe('undo', () => {
  it('is a run of its own, planned afresh, once, and can be undone itself', async () => {
    await using door = await start();
    const owner = door.client(people.owner);
    const id = await carryOut(owner, (await owner.plan(switchHall)).id);
    const [plan, twin] = [await owner.planUndo(id), await owner.planUndo(id)];
    expect(plan).toMatchObject({ operation: 'lamps-switch', input: { state: 'off' }, undoes: id, state: 'open' });
    const undoer = await carryOut(owner, plan.id);
    expect(await owner.getRun(undoer)).toMatchObject({ state: 'succeeded', undoes: id });
    expect((await owner.getRun(id)).undoneBy).toBe(undoer);
    expect(door.lamps.lamps.get('hall-1')).toMatchObject({ state: 'off' });
    expect(await codeOf(owner.planUndo(id))).toBe('RUN_NOT_UNDOABLE');
    expect(await codeOf(owner.run({ planId: twin.id, reason: 'x', idempotencyKey: 'b' }))).toBe('RUN_NOT_UNDOABLE');
    expect(await owner.planUndo(undoer)).toMatchObject({ input: { state: 'on' }, undoes: undoer });
  });

  it.each(databases.eachSupportedId())('is asked for once, by however many at once, on %s', async databaseId => {
    await using door = await startDoor(await databases.init(databaseId));
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const id = await carryOut(owner, (await owner.plan(switchHall)).id);
    const orders = await Promise.all(
      [owner, admin, owner, admin, owner, admin].map(async client => ({ client, plan: await client.planUndo(id) })),
    );
    const outcomes = await Promise.all(
      orders.map(({ client, plan }) => codeOf(client.run({ planId: plan.id, reason: 'x', idempotencyKey: plan.id }))),
    );
    const refused = Array.from({ length: 5 }, () => 'RUN_NOT_UNDOABLE');
    expect(outcomes.sort()).toEqual([...refused, 'no error']);
    expect((await owner.listRuns({})).items.filter(({ undoes }) => undoes === id)).toHaveLength(1);
    const states = await Promise.all(orders.map(async ({ client, plan }) => (await client.getPlan(plan.id)).state));
    expect(states.filter(state => state === 'open')).toHaveLength(5);
  });

  it('may be tried again when the undo failed', async () => {
    await using door = await start();
    const owner = door.client(people.owner);
    const id = await carryOut(owner, (await owner.plan(switchHall)).id);
    const plan = await owner.planUndo(id);
    door.lamps.lamps.set('hall-1', { state: 'on', generation: 9 });
    const failed = await carryOut(owner, plan.id);
    expect((await owner.getRun(failed)).state).toBe('failed');
    expect(await owner.planUndo(id)).toMatchObject({ undoes: id });
  });

  it('takes back what was changed, not what the entity stands for since', async () => {
    const knex = await databases.init('SQLITE_3');
    await using door = await startDoor(knex);
    const owner = door.client(people.owner);
    const id = await carryOut(owner, (await owner.plan(switchHall)).id);
    const { document } = await knex('runs').where({ id }).first();
    await knex('runs')
      .where({ id })
      .update({ document: document.replace('"name":"hall-1"', '"name":"hall-2"') });
    await expect(owner.planUndo(id)).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/stands for something else by now/) },
    });
  });

  it('needs the right to run, an end, and something to take back', async () => {
    await using door = await start();
    const owner = door.client(people.owner);
    const plan = await owner.plan(switchHall);
    door.lamps.hold();
    const { id } = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' });
    await until(() => door.lamps.requests.includes('PUT /lamps/hall-1'));
    expect(await codeOf(owner.planUndo(id))).toBe('RUN_NOT_UNDOABLE');
    door.lamps.release();
    await runUntil(owner, id);
    expect(await codeOf(door.client(people.other).planUndo(id))).toBe('OPERATION_NOT_ALLOWED');
    expect(await codeOf(door.client(people.viewer).planUndo(id))).toBe('OPERATION_NOT_ALLOWED');
    const stale = await owner.plan({ ...switchHall, input: { state: 'off' } });
    door.lamps.lamps.set('hall-1', { state: 'on', generation: 9 });
    expect(await codeOf(owner.planUndo(await carryOut(owner, stale.id)))).toBe('RUN_NOT_UNDOABLE');
  });
});
