import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { notificationService, type NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Freeze } from '@leitstand/plugin-operations-common';
import { randomUUID } from 'node:crypto';
import type { RunReader } from '../database/RunReader';
import { lampModule } from '../__testUtils__/lampModule';
import { LampServer } from '../__testUtils__/LampServer';
import { noticeOfRun, type NoticedRun } from './noticeOf';
import { Notifier } from './Notifier';
import { people, runUntil, startDoor, switchHall, until } from '../__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const approvals = [{ approvers: ['group:default/admins'] }];

/** The door, with everything that it tells people kept. */
async function start(operations: object = {}, send?: () => Promise<void>) {
  const sent: NotificationSendOptions[] = [];
  const lamps = await LampServer.start();
  lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
  const notifications = createServiceFactory({
    service: notificationService,
    deps: {},
    factory: () => ({
      async send(options) {
        sent.push(options);
        await send?.();
      },
    }),
  });
  const features = [lampModule(lamps), notifications];
  const door = await startDoor(await databases.init('SQLITE_3'), { lamps, operations, features });
  const ask = async (person: string) => {
    const client = door.client(person);
    const plan = await client.plan(switchHall);
    return client.run({ planId: plan.id, reason: 'It is dark', idempotencyKey: randomUUID() });
  };
  return {
    ...door,
    ask,
    sent,
    async told(title: string) {
      await until(() => sent.some(({ payload }) => payload.title.startsWith(title)));
      return sent.find(({ payload }) => payload.title.startsWith(title));
    },
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]();
      await lamps[Symbol.asyncDispose]();
    },
  };
}

const freeze: Freeze = {
  ...{ id: '', scope: { cluster: 'house' }, reason: '', createdBy: people.admin, state: 'over' },
  ...{
    startsAt: '2026-03-01T08:00:00.000Z',
    endsAt: '2026-03-02T08:00:00.000Z',
    createdAt: '2026-03-01T08:00:00.000Z',
  },
};

const finishedRun: NoticedRun = {
  ...{
    id: randomUUID(),
    planId: randomUUID(),
    operation: 'lamps-switch',
    title: 'Switch',
    summary: 'Switch hall-1 on',
  },
  ...{ entityRef: switchHall.entityRef, target: { system: 'lamps', kind: 'Lamp', name: 'hall-1' }, changes: [] },
  ...{ requester: people.owner, face: 'portal', state: 'succeeded', undo: { isPossible: false, note: '' } },
  ...{ createdAt: '2026-03-01T08:00:00.000Z', finishedAt: '2026-03-01T08:00:59.999Z' },
};

describe('people are told', () => {
  it('as owners, what somebody else did, who saw it succeed', async () => {
    await using door = await start();
    const { id } = await door.ask(people.admin);
    expect(await door.told('Done')).toEqual({
      recipients: { type: 'entity', entityRef: ['group:default/hall-team'], excludeEntityRef: people.admin },
      payload: {
        ...{ title: 'Done: Switch hall-1 on', description: 'hall-1 is on in generation 2', severity: 'low' },
        ...{ link: `/activity/runs/${id}`, topic: 'lamps-switch', scope: `run:${id}` },
      },
    });
  });

  it('as requester too, of what failed or took its time', () => {
    const tell = (change: Partial<NoticedRun>, owners = ['group:default/hall-team']) =>
      noticeOfRun({ event: 'finished', document: {} }, { run: { ...finishedRun, ...change }, owners, link: '/' });
    const told = (change: Partial<NoticedRun>) => tell(change)?.recipients;
    const both = { type: 'entity', entityRef: [people.owner, 'group:default/hall-team'] };
    expect(told({ finishedAt: '2026-03-01T08:01:00.000Z' })).toEqual(both);
    expect(told({ state: 'failed' })).toEqual(both);
    expect(told({ face: 'tool' })).toEqual(both);
    expect(told({})).toEqual({
      ...{ type: 'entity', entityRef: ['group:default/hall-team'], excludeEntityRef: people.owner },
    });
    expect(tell({}, [people.owner])).toBeUndefined();
  });

  it('as approvers, that a run waits for them; as requester, what they decided', async () => {
    await using door = await start({ approvals });
    const { id } = await door.ask(people.owner);
    expect((await door.told('Waits for your yes'))?.recipients).toEqual({
      ...{ type: 'entity', entityRef: ['group:default/admins'], excludeEntityRef: people.owner },
    });
    await door.client(people.admin).approveRun(id);
    expect((await door.told('Approved'))?.recipients).toEqual({
      ...{ type: 'entity', entityRef: [people.owner], excludeEntityRef: people.admin },
    });
  });

  it('of a freeze, of what it holds, and of whoever passes by it', async () => {
    await using door = await start();
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    const admin = door.client(people.admin);
    await admin.createFreeze({ scope: { entityRef: switchHall.entityRef }, reason: 'Holidays', endsAt });
    const frozen = { recipients: { type: 'entity', entityRef: switchHall.entityRef } };
    expect(await door.told('Freeze: entity component:default/hall')).toMatchObject(frozen);
    await admin.createFreeze({ scope: { cluster: 'house' }, reason: 'Holidays', endsAt });
    expect(await door.told('Freeze: cluster house')).toMatchObject({ recipients: { type: 'broadcast' } });
    const { id } = await door.ask(people.owner);
    expect(await door.told('Held by a freeze')).toMatchObject({ recipients: { entityRef: [people.owner] } });
    await admin.breakGlass(id, { reason: 'It burns' });
    expect(await door.told('Break-glass')).toMatchObject({
      recipients: { entityRef: [people.owner, 'group:default/hall-team'], excludeEntityRef: people.admin },
      payload: { severity: 'critical', description: 'It burns' },
    });
  });

  it('or not: a run does not care', async () => {
    await using door = await start({}, () => Promise.reject(new Error('No mail today')));
    const { id } = await door.ask(people.owner);
    expect((await runUntil(door.client(people.owner), id)).state).toBe('succeeded');
    await door.told('Done');
  });

  it('one after the other; a slow one holds the next one up for a while, and the end of the process shortly', async () => {
    const freezes = ['slow', 'next', 'last'].map(reason => ({ ...freeze, id: randomUUID(), reason }));
    const told: (string | undefined)[] = [];
    const logger = mockServices.logger.mock();
    const { promise: never } = Promise.withResolvers<void>();
    const notifier = new Notifier({
      ...{ logger, linkTo: id => id, patienceMs: 20, reader: {} as RunReader },
      freeze: async id => freezes.find(one => one.id === id),
      notifications: {
        async send({ payload }) {
          told.push(payload.description);
          if (payload.description === 'slow') await never;
        },
      },
    });
    for (const { id } of freezes) notifier.tell({ event: 'freeze-ended', document: { id } });
    await until(() => told.length === 3);
    expect(told).toEqual(['slow', 'next', 'last']);
    await notifier.close();
    expect(logger.warn).toHaveBeenCalledWith('The process ends before people were told of all: 1');
    notifier.tell({ event: 'freeze-ended', document: { id: freezes[0].id } });
    expect(told).toHaveLength(3);
  });
});
