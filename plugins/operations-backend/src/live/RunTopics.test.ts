import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { liveServiceRef, type LiveService } from '@leitstand/plugin-live-node';
import { runSchema, runTopic, type Run } from '@leitstand/plugin-operations-common';
import { randomUUID } from 'node:crypto';
import { lampModule } from '../__testUtils__/lampModule';
import { LampServer } from '../__testUtils__/LampServer';
import { people, startDoor, switchHall, until } from '../__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function start() {
  const lamps = await LampServer.start();
  lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
  let live: LiveService | undefined;
  const spy = createBackendModule({
    pluginId: 'operations',
    moduleId: 'spy',
    register(env) {
      env.registerInit({
        deps: { service: liveServiceRef },
        init: async deps => {
          live = deps.service;
        },
      });
    },
  });
  const features = [lampModule(lamps), spy];
  const door = await startDoor(await databases.init('SQLITE_3'), { lamps, features });
  const source = live?.findSource('operations:run/1');
  if (!source) throw new Error('The door offers no live topics');
  return { door, lamps, source, [Symbol.asyncDispose]: () => lamps[Symbol.asyncDispose]() };
}

describe('the live topics of runs', () => {
  it('tell the present state, each change and the end, and then end', async () => {
    await using test = await start();
    const owner = test.door.client(people.owner);
    const plan = await owner.plan(switchHall);
    test.lamps.hold();
    const { id } = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' });
    await until(() => test.lamps.requests.includes('PUT /lamps/hall-1'));
    const seen: Run[] = [];
    const ids = new Set<string>();
    for await (const state of test.source.states(runTopic(id), { signal: new AbortController().signal })) {
      seen.push(runSchema.parse(state.data));
      ids.add(state.id);
      test.lamps.release();
    }
    expect(seen[0]).toMatchObject({ state: 'running', steps: [{ key: 'switch', state: 'started' }] });
    expect(seen.at(-1)).toMatchObject({ state: 'succeeded', result: 'hall-1 is on in generation 2' });
    expect(ids.size).toBe(seen.length);
    const later: Run[] = [];
    for await (const state of test.source.states(runTopic(id), { signal: new AbortController().signal })) {
      later.push(runSchema.parse(state.data));
    }
    expect(later).toEqual([seen.at(-1)]);
    await test.door.backend.stop();
  });

  it('end with the signal, and are for those who may read runs that there are', async () => {
    await using test = await start();
    const topic = runTopic(randomUUID());
    await expect(test.source.authorize(topic, mockCredentials.user(people.viewer))).resolves.toBeUndefined();
    await expect(test.source.authorize(topic, mockCredentials.user(people.stranger))).rejects.toThrow(
      /operations.read/,
    );
    const missing = test.source.states(topic, { signal: new AbortController().signal })[Symbol.asyncIterator]();
    await expect(missing.next()).rejects.toThrow(/no run/);
    const refusal = await test.source
      .authorize('operations:run/nonsense', mockCredentials.user(people.viewer))
      .catch((error: unknown) => error);
    expect(errorCodeOf(refusal)).toBe('RUN_NOT_FOUND');
    const owner = test.door.client(people.owner);
    const plan = await owner.plan(switchHall);
    test.lamps.hold();
    const { id } = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' });
    const controller = new AbortController();
    const states = test.source.states(runTopic(id), { signal: controller.signal })[Symbol.asyncIterator]();
    await states.next();
    controller.abort();
    for (let next = await states.next(); !next.done; next = await states.next());
    test.lamps.release();
    await test.door.backend.stop();
  });
});
