import { TestDatabases } from '@backstage/backend-test-utils';
import type { Approval } from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { verifyLedger } from '../ledger/verifyLedger';
import { insertRun } from '../__testUtils__/createEngine';
import { codeOf, people, runUntil, startDoor, switchHall } from '../__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const approvals = [
  { operation: 'lamps-switch', where: { environment: 'production' }, approvers: ['group:default/admins'] },
];

/** Asks for a change as its owner. */
async function ask(door: Awaited<ReturnType<typeof startDoor>>, person: string = people.owner) {
  const client = door.client(person);
  const plan = await client.plan(switchHall);
  return client.run({ planId: plan.id, reason: 'It is dark', idempotencyKey: randomUUID() });
}

async function eventsOf(knex: Knex, runId: string): Promise<string[]> {
  expect((await verifyLedger(knex)).problem).toBeUndefined();
  return knex('ledger_entries').where({ run_id: runId }).orderBy('position').pluck('event');
}

describe.each(databases.eachSupportedId())('approvals on %s', databaseId => {
  async function start() {
    const knex = await databases.init(databaseId);
    const door = await startDoor(knex, { operations: { approvals } });
    return Object.assign(door, { knex });
  }

  it(`lets a run begin when one of the approvers says yes, once on ${databaseId}`, async () => {
    await using door = await start();
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const plan = await owner.plan(switchHall);
    expect(plan.requirements.approval).toEqual({ approvers: ['group:default/admins'], expiresAfterHours: 4 });
    const run = await ask(door);
    expect(run).toMatchObject({
      ...{ state: 'awaiting-approval', face: 'portal', steps: [] },
      approval: { kind: 'approval', state: 'waiting', approvers: ['group:default/admins'] },
    });
    const waitsForMs = Date.parse(run.approval?.expiresAt ?? '') - Date.parse(run.createdAt);
    expect(Math.abs(waitsForMs - 4 * 3_600_000)).toBeLessThan(60_000);
    expect((await admin.listApprovals()).items).toEqual([run]);
    const outcomes = await Promise.all([
      codeOf(admin.approveRun(run.id, { comment: 'Go on' })),
      codeOf(admin.approveRun(run.id)),
    ]);
    expect(outcomes.sort()).toEqual(['APPROVAL_NOT_WAITING', 'no error']);
    expect(await runUntil(owner, run.id)).toMatchObject({
      state: 'succeeded',
      approval: { state: 'approved', decidedBy: people.admin },
    });
    expect((await admin.listApprovals()).items).toEqual([]);
    expect(await eventsOf(door.knex, run.id)).toEqual(['requested', 'approved', 'started', 'finished']);
  });

  it(`ends a run when somebody says no, or its requester takes it back on ${databaseId}`, async () => {
    await using door = await start();
    const rejected = await ask(door);
    const answer = await door.client(people.admin).rejectRun(rejected.id, { comment: 'Not on a Friday' });
    expect(answer).toMatchObject({
      ...{ state: 'rejected', finishedAt: expect.any(String) },
      approval: { state: 'rejected', decidedBy: people.admin, comment: 'Not on a Friday' },
      error: { code: 'APPROVAL_REJECTED', message: `${people.admin} said no: Not on a Friday` },
    });
    expect(await eventsOf(door.knex, rejected.id)).toEqual(['requested', 'rejected']);
    const withdrawn = await ask(door);
    expect(await door.client(people.owner).cancelRun(withdrawn.id)).toMatchObject({
      ...{ state: 'cancelled', approval: { state: 'withdrawn' }, error: { code: 'RUN_CANCELLED' } },
    });
    expect(await eventsOf(door.knex, withdrawn.id)).toEqual(['requested', 'cancelled']);
    for (const { id } of [rejected, withdrawn]) {
      expect(await codeOf(door.client(people.admin).approveRun(id))).toBe('APPROVAL_NOT_WAITING');
      expect(await codeOf(door.client(people.owner).cancelRun(id))).toBe('RUN_FINISHED');
    }
    expect(door.lamps.lamps.get('hall-1')).toEqual({ state: 'off', generation: 1 });
  });
});

describe('who may decide', () => {
  async function start() {
    return startDoor(await databases.init('SQLITE_3'), { operations: { approvals } });
  }

  it.each([
    { name: 'the requester, an approver as well', requester: people.admin, person: people.admin, message: /yourself/ },
    {
      name: 'somebody of another group',
      requester: people.owner,
      person: people.other,
      message: /you are none of them/,
    },
    { name: 'the requester', requester: people.owner, person: people.owner, message: /yourself/ },
    { name: 'a viewer', requester: people.owner, person: people.viewer, message: /you are none of them/ },
  ])('not $name', async ({ requester, person, message }) => {
    await using door = await start();
    const { id } = await ask(door, requester);
    const client = door.client(person);
    expect(await codeOf(client.approveRun(id))).toBe('APPROVAL_NOT_ALLOWED');
    expect(await codeOf(client.rejectRun(id, { comment: 'x' }))).toBe('APPROVAL_NOT_ALLOWED');
    expect((await client.listApprovals()).items).toEqual([]);
    const { approve } = await client.getRunPermissions(id);
    expect(approve).toEqual({ isAllowed: false, refusal: expect.stringMatching(message) });
    expect((await client.getRun(id)).state).toBe('awaiting-approval');
  });

  it('not somebody whose role may not, approver or not', async () => {
    const toViewers = [{ approvers: [people.viewer, people.admin], expiresAfter: { minutes: 90 } }];
    await using door = await startDoor(await databases.init('SQLITE_3'), { operations: { approvals: toViewers } });
    const run = await ask(door);
    expect(Date.parse(run.approval?.expiresAt ?? '') - Date.parse(run.createdAt)).toBeLessThanOrEqual(90 * 60_000);
    expect(await codeOf(door.client(people.viewer).approveRun(run.id))).toBe('APPROVAL_NOT_ALLOWED');
    expect(await codeOf(door.client(people.admin).approveRun(randomUUID()))).toBe('RUN_NOT_FOUND');
    expect(await codeOf(door.client(people.admin).rejectRun(run.id, { comment: ' ' }))).toMatch(/400/);
  });

  it('says what each person may do with a run', async () => {
    await using door = await start();
    const { id } = await ask(door);
    const allowedTo = async (person: string) => {
      const permissions = Object.entries(await door.client(person).getRunPermissions(id));
      return permissions.filter(([, { isAllowed }]) => isAllowed).map(([name]) => name);
    };
    expect(await allowedTo(people.owner)).toEqual(['cancel']);
    expect(await allowedTo(people.admin)).toEqual(['approve', 'cancel', 'breakGlass']);
    expect(await allowedTo(people.other)).toEqual([]);
    await door.client(people.admin).approveRun(id);
    await runUntil(door.client(people.owner), id);
    expect(await allowedTo(people.owner)).toEqual(['undo']);
    expect(await allowedTo(people.other)).toEqual([]);
  });
});

it('lists all that wait, those that wait longest first, however many wait for others', async () => {
  const knex = await databases.init('SQLITE_3');
  await using door = await startDoor(knex, { operations: { approvals } });
  const expiresAt = '2999-01-01T00:00:00.000Z';
  const approvers = ['user:default/nobody'];
  const ofOthers: Approval = { kind: 'approval', state: 'waiting', approvers, expiresAt };
  for (let number = 0; number < 205; number++) {
    await insertRun(knex, { state: 'awaiting-approval', approval: ofOthers, expiresAt });
  }
  const runs = [await ask(door), await ask(door), await ask(door)];
  const { items } = await door.client(people.admin).listApprovals();
  expect(items.map(({ id }) => id)).toEqual(runs.map(({ id }) => id));
  expect((await door.client(people.other).listApprovals()).items).toEqual([]);
});

describe('passing by an approval', () => {
  it('is for admins in the portal, with a reason, and on record', async () => {
    const knex = await databases.init('SQLITE_3');
    await using door = await startDoor(knex, { operations: { approvals } });
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const waiting = await ask(door);
    expect(await codeOf(owner.breakGlass(waiting.id, { reason: 'Fire' }))).toBe('BREAK_GLASS_NOT_ALLOWED');
    expect(await codeOf(admin.breakGlass(waiting.id, { reason: '' }))).toMatch(/400/);
    await admin.breakGlass(waiting.id, { reason: 'Fire' });
    expect(await runUntil(owner, waiting.id)).toMatchObject({
      ...{ state: 'succeeded', requester: people.owner },
      approval: { state: 'bypassed', decidedBy: people.admin },
      breakGlass: { by: people.admin, reason: 'Fire' },
    });
    expect(await eventsOf(knex, waiting.id)).toEqual(['requested', 'break-glass', 'started', 'finished']);
    expect(await codeOf(admin.breakGlass(waiting.id, { reason: 'Fire' }))).toBe('APPROVAL_NOT_WAITING');

    const back = { ...switchHall, input: { state: 'off' } };
    const ofOwner = await owner.plan(back);
    expect(ofOwner.mayBreakGlass).toBe(false);
    const request = { planId: ofOwner.id, reason: 'Fire', idempotencyKey: 'a', breakGlass: true };
    expect(await codeOf(owner.run(request))).toBe('BREAK_GLASS_NOT_ALLOWED');
    const ofAdmin = await admin.plan(back);
    expect(ofAdmin.mayBreakGlass).toBe(true);
    const { id } = await admin.run({ ...request, planId: ofAdmin.id });
    expect(await runUntil(admin, id)).toMatchObject({
      ...{ state: 'succeeded', approval: { state: 'bypassed' }, breakGlass: { by: people.admin, reason: 'Fire' } },
    });
    expect(await eventsOf(knex, id)).toEqual(['requested', 'break-glass', 'started', 'finished']);
  });
});
