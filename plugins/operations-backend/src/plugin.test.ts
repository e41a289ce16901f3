import { TestDatabases } from '@backstage/backend-test-utils';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { people, runUntil, startDoor } from './__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const switchHall = { operation: 'lamps-switch', entityRef: 'component:default/hall', input: { state: 'on' } };

/** Code of the error that a promise rejects with. */
async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => 'no error',
    error => errorCodeOf(error) ?? String(error),
  );
}

describe.each(databases.eachSupportedId())('the door on %s', databaseId => {
  it(`plans, runs and records a change on ${databaseId}`, async () => {
    await using door = await startDoor(await databases.init(databaseId));
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
    const run = await runUntil(owner, id);
    expect(run).toMatchObject({
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
});
