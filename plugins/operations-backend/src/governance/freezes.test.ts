import { TestDatabases } from '@backstage/backend-test-utils';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import type { FreezeRequest } from '@leitstand/plugin-operations-common';
import { randomUUID } from 'node:crypto';
import { FreezeStore } from '../database/FreezeStore';
import { migrationsDirectory } from '../database/migrate';
import { LedgerStore } from '../ledger/LedgerStore';
import { verifyLedger } from '../ledger/verifyLedger';
import { codeOf, people, runUntil, startDoor, switchHall } from '../__testUtils__/startDoor';
import { FreezeService } from './FreezeService';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const hour = 3_600_000;

const everythingButDate = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

function inMs(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

function freezeOf(scope: FreezeRequest['scope'], times: Partial<FreezeRequest> = {}): FreezeRequest {
  return { scope, reason: 'Harvest festival', endsAt: inMs(hour), ...times };
}

describe.each(databases.eachSupportedId())('freezes on %s', databaseId => {
  it(`hold a run until they are over, and the approved one too on ${databaseId}`, async () => {
    const knex = await databases.init(databaseId);
    const approvals = [{ where: { namespace: ['hall'] }, approvers: ['group:default/admins'] }];
    await using door = await startDoor(knex, { operations: { approvals } });
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const freeze = await admin.createFreeze(freezeOf({ environment: 'production' }));
    expect(freeze).toMatchObject({ state: 'active', createdBy: people.admin, scope: { environment: 'production' } });
    const plan = await owner.plan(switchHall);
    expect(plan.freezes).toEqual([freeze]);
    const { id } = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' });
    expect(await admin.approveRun(id)).toMatchObject({ state: 'held', heldBy: [freeze] });
    expect((await admin.getRunPermissions(id)).breakGlass).toEqual({ isAllowed: true });
    expect(door.lamps.requests.filter(request => request.startsWith('PUT'))).toEqual([]);
    expect(await admin.endFreeze(freeze.id)).toMatchObject({ state: 'over', endedBy: people.admin });
    expect(await runUntil(owner, id)).toMatchObject({ state: 'succeeded', heldBy: [] });
    expect(await knex('ledger_entries').orderBy('position').pluck('event')).toEqual([
      ...['freeze-created', 'requested', 'approved', 'freeze-ended', 'released', 'started', 'finished'],
    ]);
    expect((await verifyLedger(knex)).problem).toBeUndefined();
  });

  it(`hold a run from its start unless an admin passes by on ${databaseId}`, async () => {
    await using door = await startDoor(await databases.init(databaseId));
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const { id: freezeId } = await admin.createFreeze(freezeOf({ cluster: 'house', namespace: 'hall' }));
    const plan = await owner.plan(switchHall);
    const run = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' });
    expect(run).toMatchObject({ state: 'held', heldBy: [{ id: freezeId }] });
    expect(await codeOf(owner.breakGlass(run.id, { reason: 'Fire' }))).toBe('BREAK_GLASS_NOT_ALLOWED');
    await admin.breakGlass(run.id, { reason: 'Fire' });
    expect(await runUntil(owner, run.id)).toMatchObject({ state: 'succeeded', breakGlass: { reason: 'Fire' } });
  });
});

describe.each(databases.eachSupportedId())('a freeze of an entity on %s', databaseId => {
  const switchByImpostor = { ...switchHall, entityRef: 'component:default/impostor' };

  /** The lamp names another entity back, so that both stand for it. */
  async function start(lampSays: string) {
    const approvals = [{ approvers: ['group:default/admins'] }];
    const door = await startDoor(await databases.init(databaseId), { operations: { approvals } });
    door.lamps.lamps.set('hall-1', { state: 'off', generation: 1, entityRef: lampSays });
    return door;
  }

  it.each([
    { frozen: 'component:default/hall', through: switchByImpostor },
    { frozen: 'Component:default/Impostor', through: switchHall },
    { frozen: 'component:default/hall', through: switchHall },
  ])(`holds what is changed through $through.entityRef: $frozen on ${databaseId}`, async ({ frozen, through }) => {
    await using door = await start('component:default/impostor');
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const { id } = await owner.run({ planId: (await owner.plan(through)).id, reason: 'x', idempotencyKey: 'a' });
    const freeze = await admin.createFreeze(freezeOf({ entityRef: frozen }));
    expect((await owner.plan(through)).freezes).toEqual([freeze]);
    expect(await admin.approveRun(id)).toMatchObject({ state: 'held', heldBy: [freeze] });
    await admin.endFreeze(freeze.id);
    expect((await runUntil(owner, id)).state).toBe('succeeded');
  });

  it(`goes by the names that the thing gives where there is no such entity on ${databaseId}`, async () => {
    await using door = await start('component:default/chandelier');
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const freeze = await admin.createFreeze(freezeOf({ entityRef: 'component:default/chandelier' }));
    const plan = await owner.plan(switchHall);
    expect(plan).toMatchObject({ freezes: [freeze], alsoKnownAs: ['component:default/chandelier'] });
    const { id } = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' });
    expect(await admin.approveRun(id)).toMatchObject({ state: 'held', heldBy: [freeze] });
  });

  it(`leaves other things alone on ${databaseId}`, async () => {
    await using door = await start('component:default/hall');
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    await admin.createFreeze(freezeOf({ entityRef: 'component:default/unlit' }));
    expect(await owner.plan(switchHall)).toMatchObject({ freezes: [] });
  });

  it(`holds all that it could be about until upstream says what it is on ${databaseId}`, async () => {
    await using door = await start('component:default/hall');
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    door.lamps.failWith = 500;
    const frozen = 'component:default/impostor'; // it says that it is in the hall, and is the same lamp
    const freeze = await admin.createFreeze(freezeOf({ entityRef: frozen }));
    expect(freeze).toMatchObject({ state: 'active', unconfirmed: [{ cluster: 'house', namespace: 'hall' }] });
    door.lamps.failWith = undefined;
    expect((await owner.plan(switchHall)).freezes).toEqual([freeze]);
    const [confirmed] = await eventually(
      () => admin.listFreezes(),
      ([listed]) => listed.unconfirmed === undefined,
    );
    expect(confirmed.id).toBe(freeze.id);
    expect((await owner.plan(switchHall)).freezes).toEqual([confirmed]);
  });
});

describe.each(databases.eachSupportedId())('a replica with another clock on %s', databaseId => {
  afterEach(() => jest.useRealTimers());

  it.each([-10, 10])(
    `begins and ends freezes for all others at once: %s minutes off on ${databaseId}`,
    async minutes => {
      if (databaseId === 'SQLITE_3') return; // it has one process
      const knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsDirectory });
      const replica = () => new FreezeService({ store: new FreezeStore(knex), ledger: new LedgerStore(knex) });
      const [other, here] = [replica(), replica()];
      const place = { target: { cluster: 'house' }, entityRef: switchHall.entityRef };
      const order = { ...freezeOf({ cluster: 'house' }), reason: 'x' };
      jest.useFakeTimers({ now: Date.now() + minutes * 60_000, doNotFake: everythingButDate });
      const { id } = await other.create(order, people.admin);
      expect(await other.activeFor(place)).toMatchObject([{ id }]);
      jest.useRealTimers();
      expect(await here.activeFor(place)).toMatchObject([{ id }]);
      jest.useFakeTimers({ now: Date.now() + minutes * 60_000, doNotFake: everythingButDate });
      expect((await other.end(id, people.admin)).state).toBe('over');
      jest.useRealTimers();
      expect(await replica().activeFor(place)).toEqual([]);
    },
  );
});

describe('what a freeze concerns', () => {
  it.each([
    { scope: { cluster: 'house' }, concerns: true },
    { scope: { cluster: 'house', namespace: 'hall', environment: 'production' }, concerns: true },
    { scope: { namespace: 'hall' }, concerns: true },
    { scope: { entityRef: 'Component:default/Hall' }, concerns: true },
    { scope: { cluster: 'house', namespace: 'garden' }, concerns: false },
    { scope: { environment: 'development' }, concerns: false },
    { scope: { entityRef: 'component:default/garden' }, concerns: false },
  ])('$scope concerns the hall: $concerns', async ({ scope, concerns }) => {
    await using door = await startDoor(await databases.init('SQLITE_3'));
    await door.client(people.admin).createFreeze(freezeOf(scope));
    const { freezes } = await door.client(people.owner).plan(switchHall);
    expect(freezes).toHaveLength(concerns ? 1 : 0);
    const listed = await door.client(people.viewer).listFreezes({ entityRef: switchHall.entityRef });
    expect(listed).toHaveLength(concerns ? 1 : 0);
  });
});

it('concerns an environment that goes by the labels of entities', async () => {
  const environments = [{ name: 'of-hall', labels: { team: 'hall-team' } }, { name: 'of-others' }];
  const operations = { environments, policies: [{ environment: 'of-hall', reason: 'required' }] };
  await using door = await startDoor(await databases.init('SQLITE_3'), { operations });
  const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
  const freeze = await admin.createFreeze(freezeOf({ environment: 'of-hall' }));
  await admin.createFreeze(freezeOf({ environment: 'of-others' }));
  const plan = await owner.plan(switchHall);
  expect(plan).toMatchObject({ environment: 'of-hall', requirements: { reason: true }, freezes: [freeze] });
  expect(await owner.listFreezes({ entityRef: switchHall.entityRef })).toEqual([freeze]);
});

describe('making and ending freezes', () => {
  it('lists those to come and, when asked, those that were; overlapping ones too', async () => {
    await using door = await startDoor(await databases.init('SQLITE_3'));
    const admin = door.client(people.admin);
    const scope = { environment: 'production' };
    const planned = await admin.createFreeze(freezeOf(scope, { startsAt: inMs(hour), endsAt: inMs(3 * hour) }));
    const active = await admin.createFreeze(freezeOf(scope, { endsAt: '2999-01-01T01:00:00+01:00' }));
    expect(active.endsAt).toBe('2999-01-01T00:00:00.000Z');
    expect(planned.state).toBe('planned');
    expect((await door.client(people.owner).plan(switchHall)).freezes).toEqual([active]);
    expect(await admin.listFreezes()).toEqual([active, planned]);
    await admin.endFreeze(active.id);
    expect(await admin.listFreezes()).toEqual([planned]);
    expect((await admin.listFreezes({ past: 'true' })).map(({ state }) => state)).toEqual(['planned', 'over']);
  });

  it('is for admins, and refuses what would never be on', async () => {
    await using door = await startDoor(await databases.init('SQLITE_3'));
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const scope = { cluster: 'house' };
    expect(await codeOf(owner.createFreeze(freezeOf(scope)))).toMatch(/403/);
    const freeze = await admin.createFreeze(freezeOf(scope));
    expect(await codeOf(owner.endFreeze(freeze.id))).toMatch(/403/);
    const wrong = [{ endsAt: inMs(-1) }, { startsAt: inMs(2 * hour) }];
    for (const times of wrong) expect(await codeOf(admin.createFreeze(freezeOf(scope, times)))).toBe('FREEZE_INVALID');
    expect(await codeOf(admin.createFreeze(freezeOf({ environment: 'prodcution' })))).toBe('FREEZE_INVALID');
    expect(await codeOf(admin.createFreeze(freezeOf({})))).toMatch(/400/);
    expect(await codeOf(admin.endFreeze(randomUUID()))).toBe('FREEZE_NOT_FOUND');
    await admin.endFreeze(freeze.id);
    expect(await codeOf(admin.endFreeze(freeze.id))).toBe('FREEZE_INVALID');
  });
});
