import { TestDatabases } from '@backstage/backend-test-utils';
import { insertRun } from '../__testUtils__/createEngine';
import { migrationsDirectory } from './migrate';
import { PlanStore } from './PlanStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('plans on %s', databaseId => {
  it(`say what rights need without their rows, those from before too on ${databaseId}`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsDirectory });
    const plans = new PlanStore(knex);
    const csv = 'day,hours\n'.repeat(100_000);
    await insertRun(knex, { input: { replicas: 3, source: { kind: 'csv', csv } } });
    const id: string = (await knex('plans').first()).id;
    expect((await plans.find(id))?.plan.input).toEqual({ replicas: 3, source: { kind: 'csv', csv } });
    const expected = new Map([[id, { confirmedOwners: [], input: { replicas: 3 } }]]);
    expect(await plans.findRights([id, 'another'])).toEqual(expected);
    await knex('plans').update({ policy_input: null });
    expect(await plans.findRights([id])).toEqual(expected);
  });
});
