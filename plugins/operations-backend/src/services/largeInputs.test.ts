import { TestDatabases } from '@backstage/backend-test-utils';
import { codeOf, people, runUntil, startDoor, switchHall } from '../__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const manual = 'Turn the switch. '.repeat(60_000);
const order = { ...switchHall, input: { state: 'on', manual } };
const approvals = [{ operation: 'lamps-switch', approvers: ['group:default/admins'] }];

function sizeOf(value: unknown): number {
  return JSON.stringify(value).length;
}

describe.each(databases.eachSupportedId())('an input of a million characters on %s', databaseId => {
  it(`stays with its plan: neither replies nor lists carry it on ${databaseId}`, async () => {
    const knex = await databases.init(databaseId);
    await using door = await startDoor(knex, { operations: { approvals } });
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const plan = await owner.plan(order);
    expect(plan.input).toEqual({
      state: 'on',
      manual: expect.stringMatching(/^Turn the switch.*… \(1020000 characters\)$/),
    });
    expect(sizeOf(await owner.getPlan(plan.id))).toBe(sizeOf(plan));
    expect(sizeOf(plan)).toBeLessThan(5_000);
    const { id } = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' });
    for (let count = 1; count < 5; count++) {
      const { id: planId } = await owner.plan(order);
      await owner.run({ planId, reason: 'x', idempotencyKey: planId });
    }

    let readSize = 0;
    const count = (response: unknown) => void (readSize += sizeOf(response));
    knex.on('query-response', count);
    const waiting = (await admin.listApprovals()).items;
    const { items } = await owner.listRuns({});
    const exported = await (await owner.exportRuns({ format: 'jsonl' })).text();
    const permissions = await admin.getRunPermissions(id);
    knex.removeListener('query-response', count);
    expect([waiting.length, items.length, permissions.approve.isAllowed]).toEqual([5, 5, true]);
    for (const reply of [waiting, items, exported]) expect(sizeOf(reply)).toBeLessThan(10_000);
    expect(readSize).toBeGreaterThan(1_000);
    expect(readSize).toBeLessThan(100_000);

    await admin.approveRun(id);
    expect((await runUntil(owner, id)).state).toBe('succeeded');
    expect(sizeOf(await owner.planUndo(id))).toBeLessThan(5_000);
    expect(sizeOf(await knex('ledger_entries'))).toBeLessThan(20_000);
  });
});

it('is refused beyond what a request may hold', async () => {
  await using door = await startDoor(await databases.init('SQLITE_3'));
  const tooLong = { ...switchHall, input: { state: 'on', manual: 'x'.repeat(4 * 1024 * 1024) } };
  expect(await codeOf(door.client(people.owner).plan(tooLong))).toMatch(/413/);
});
