import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { RunStore } from './database/RunStore';
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

/** Makes the ledger look as after a power cut: nobody had the time to write that the run was interrupted. */
async function forgetTheEnd(knex: Knex): Promise<void> {
  await knex('runs').update({ state: 'running', error: null, finished_at: null });
}

async function startLamps(): Promise<LampServer> {
  const lamps = await LampServer.start();
  lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
  return lamps;
}

describe.each(databases.eachSupportedId())('interrupted runs on %s', databaseId => {
  it(`records a run that the end of the portal interrupts on ${databaseId}`, async () => {
    await using lamps = await startLamps();
    const knex = await databases.init(databaseId);
    const id = await interrupt(knex, lamps);
    expect(await new RunStore(knex).find(id)).toMatchObject({
      state: 'needs-attention',
      error: {
        code: 'RUN_INTERRUPTED',
        message: expect.stringMatching(/shut down during the run\. Look at the target/),
      },
      steps: [{ key: 'switch', state: 'started' }],
    });
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
      name: 'nothing is started anew when the plan has expired',
      meanwhile: async (lamps: LampServer, knex: Knex) => {
        lamps.release();
        lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
        await knex('plans').update({ expires_at: '2026-01-01T00:00:00.000Z' });
      },
      expected: { state: 'needs-attention', error: { code: 'RUN_INTERRUPTED' } },
      putCount: 1,
    },
  ])(`takes up a run after a crash: $name on ${databaseId}`, async ({ meanwhile, expected, putCount }) => {
    await using lamps = await startLamps();
    const knex = await databases.init(databaseId);
    const id = await interrupt(knex, lamps);
    await forgetTheEnd(knex);
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
    const startedAt = Date.now();
    const id = await interrupt(knex, lamps, { state: 'on', fault: 'ignore-signal' });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    const runs = new RunStore(knex);
    expect((await runs.find(id))?.state).toBe('needs-attention');
    lamps.release();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect((await runs.find(id))?.state).toBe('needs-attention');
  });

  it('leaves a run to people when its operation is not installed any more', async () => {
    await using lamps = await startLamps();
    const knex = await databases.init('SQLITE_3');
    const id = await interrupt(knex, lamps);
    await forgetTheEnd(knex);
    await using door = await startDoor(knex, { lamps, features: [] });
    expect(await runUntil(door.client(people.viewer), id)).toMatchObject({
      state: 'needs-attention',
      error: { code: 'RUN_INTERRUPTED', message: expect.stringMatching(/not installed any more/) },
    });
  });
});
