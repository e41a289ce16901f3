import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { LampServer } from './__testUtils__/LampServer';
import { people, runUntil, startDoor, switchHall, until } from './__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Starts a run, ends the portal while the switch has not answered yet, and resolves to the run's id. */
async function interrupt(knex: Knex, lamps: LampServer, input: object = { state: 'on' }): Promise<string> {
  await using door = await startDoor(knex, { lamps });
  const owner = door.client(people.owner);
  const plan = await owner.plan({ ...switchHall, input: { ...input } });
  lamps.hold();
  const { id } = await owner.run({ planId: plan.id, reason: 'It is dark', idempotencyKey: 'a' });
  await until(() => lamps.requests.some(request => request.startsWith('PUT')));
  return id;
}

async function startLamps(): Promise<LampServer> {
  const lamps = await LampServer.start();
  lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
  return lamps;
}

describe.each(databases.eachSupportedId())('interrupted runs on %s', databaseId => {
  it(`leaves a run to the next process when the portal ends on ${databaseId}`, async () => {
    await using lamps = await startLamps();
    const knex = await databases.init(databaseId);
    const id = await interrupt(knex, lamps);
    expect(await knex('runs').where({ id }).first()).toMatchObject({ state: 'running', lease_owner: null });
    expect(await knex('run_steps').where({ run_id: id })).toMatchObject([{ key: 'switch', state: 'started' }]);
  });

  it.each([
    {
      name: 'a started step that took effect is not repeated',
      meanwhile: (lamps: LampServer) => lamps.release(),
      expected: { state: 'succeeded', result: 'hall-1 is on in generation 2' },
      putCount: 1,
    },
    {
      name: 'a started step that took no effect is done',
      meanwhile: (lamps: LampServer) => {
        lamps.release();
        lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
      },
      expected: { state: 'succeeded', result: 'hall-1 is on in generation 2' },
      putCount: 2,
    },
    {
      name: 'a step of which nobody knows is left to people',
      meanwhile: (lamps: LampServer) => {
        lamps.release();
        lamps.lamps.set('hall-1', { state: 'off', generation: 9 });
      },
      expected: { state: 'needs-attention', error: { code: 'RUN_INTERRUPTED' } },
      putCount: 1,
    },
    {
      name: 'nothing is started anew after a long time',
      meanwhile: async (lamps: LampServer, knex: Knex) => {
        lamps.release();
        lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
        await knex('runs').update({ lease_until: Date.now() - 11 * 60_000 });
      },
      expected: { state: 'needs-attention', error: { code: 'RUN_INTERRUPTED' } },
      putCount: 1,
    },
  ])(`takes up a run after a crash: $name on ${databaseId}`, async ({ meanwhile, expected, putCount }) => {
    await using lamps = await startLamps();
    const knex = await databases.init(databaseId);
    const id = await interrupt(knex, lamps);
    await meanwhile(lamps, knex);
    await using door = await startDoor(knex, { lamps });
    expect(await runUntil(door.client(people.viewer), id)).toMatchObject(expected);
    expect(lamps.requests.filter(request => request.startsWith('PUT'))).toHaveLength(putCount);
  });
});

describe('ending the portal', () => {
  it('does not wait for an operation that does not listen, and what it does later changes nothing', async () => {
    await using lamps = await startLamps();
    const knex = await databases.init('SQLITE_3');
    const id = await interrupt(knex, lamps, { state: 'on', fault: 'ignore-signal' });
    const read = async () => [
      await knex('runs').where({ id }).first('state'),
      ...(await knex('run_steps').select('state')),
    ];
    expect(await read()).toEqual([{ state: 'running' }, { state: 'started' }]);
    lamps.release();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(await read()).toEqual([{ state: 'running' }, { state: 'started' }]);
  });

  it('leaves a run to people when its operation is not installed any more', async () => {
    await using lamps = await startLamps();
    const knex = await databases.init('SQLITE_3');
    const id = await interrupt(knex, lamps);
    await using door = await startDoor(knex, { lamps, features: [] });
    expect(await runUntil(door.client(people.viewer), id)).toMatchObject({
      state: 'needs-attention',
      error: { code: 'RUN_INTERRUPTED', message: expect.stringMatching(/not installed any more/) },
    });
  });
});
