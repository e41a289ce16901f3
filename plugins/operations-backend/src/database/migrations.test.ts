import { TestDatabases } from '@backstage/backend-test-utils';
import { migrationsDirectory } from './migrate';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const plan = {
  id: '9b2d2b7e-1f8e-4f0e-9d6c-3a7f8a3b5c10',
  requester: 'user:default/olga',
  state: 'used',
  expires_at: '2026-01-01T00:10:00.000Z',
  document: '{}',
  confirmed_owners: '[]',
  basis: '{}',
};

const run = {
  id: '0f6e8a52-35b1-4b3a-8a52-0a3e7d1c9b11',
  plan_id: plan.id,
  operation: 'lamps-switch',
  entity_ref: 'component:default/hall',
  requester: 'user:default/olga',
  idempotency_key: 'a',
  state: 'queued',
  document: '{}',
  created_at: '2026-01-01T00:00:00.000Z',
};

const step = {
  run_id: run.id,
  key: 'switch',
  position: 1,
  title: 'Switch',
  state: 'started',
  started_at: '2026-01-01T00:00:01.000Z',
};

describe('migrations', () => {
  it.each(databases.eachSupportedId())('carry rows up and down on %s', async databaseId => {
    const knex = await databases.init(databaseId);
    const migrations = { directory: migrationsDirectory };
    await knex.migrate.up({ ...migrations, name: '20261121_createLedger.js' });
    await knex('plans').insert(plan);
    await knex('runs').insert(run);
    await knex('run_steps').insert(step);
    expect(await knex('runs').first()).toMatchObject({ ...run, reason: null, finished_at: null });
    await expect(knex('runs').insert({ ...run, id: plan.id })).rejects.toThrow(/unique/i);
    await knex('runs').delete();
    expect(await knex('run_steps')).toEqual([]);
    await knex.migrate.down({ ...migrations, name: '20261121_createLedger.js' });
    await expect(Promise.all(['plans', 'runs', 'run_steps'].map(name => knex.schema.hasTable(name)))).resolves.toEqual([
      false,
      false,
      false,
    ]);
    await knex.migrate.latest(migrations);
    expect(await knex.schema.hasTable('runs')).toBe(true);
  });

  it.each(databases.eachSupportedId())('carry a run of the first version into the next and back on %s', async id => {
    const knex = await databases.init(id);
    const migrations = { directory: migrationsDirectory };
    await knex.migrate.up({ ...migrations, name: '20261121_createLedger.js' });
    await knex('plans').insert(plan);
    await knex('runs').insert(run);
    await knex('run_steps').insert(step);
    await knex.migrate.up({ ...migrations, name: '20261122_scaleDoor.js' });
    const carried = await knex('runs').first();
    expect(carried).toMatchObject({ ...run, face: 'portal', target_key: '', fence: 0, version: 0, approval: null });
    expect(await knex('run_steps').first()).toMatchObject({ ...step, kind: 'apply' });
    const [head] = await knex('ledger_head');
    expect([Number(head.position), Number(head.first_position), head.hash]).toEqual([0, 1, '0'.repeat(64)]);
    await knex.migrate.down({ ...migrations, name: '20261122_scaleDoor.js' });
    const back = await knex('runs').first();
    expect(back).toMatchObject(run);
    expect(back).not.toHaveProperty('face');
    expect(await knex('run_steps').first()).toMatchObject(step);
    expect(await knex.schema.hasTable('ledger_entries')).toBe(false);
  });

  it.each(databases.eachSupportedId())('keep what is known of an input beside the plan on %s', async id => {
    const knex = await databases.init(id);
    const migrations = { directory: migrationsDirectory };
    const name = '20261123_addPolicyInput.js';
    await knex.migrate.up({ ...migrations, name: '20261121_createLedger.js' });
    await knex('plans').insert(plan);
    await knex('runs').insert(run);
    await knex.migrate.up({ ...migrations, name });
    expect(await knex('plans').first()).toEqual({ ...plan, policy_input: null });
    await knex.migrate.down({ ...migrations, name });
    expect(await knex('plans').first()).toEqual(plan);
    expect(await knex('runs').first()).toMatchObject(run);
  });

  const addedColumns = [
    { name: '20261125_nameTasks.js', column: { task_id: null } },
    { name: '20261126_countInterruptions.js', column: { interruptions: 0 } },
  ].flatMap(added => databases.eachSupportedId().map(([databaseId]) => ({ ...added, databaseId })));

  it.each(addedColumns)('add a column to the runs that are there on $databaseId: $name', async added => {
    const knex = await databases.init(added.databaseId);
    const migration = { directory: migrationsDirectory, name: added.name };
    await knex.migrate.latest({ directory: migrationsDirectory });
    await knex.migrate.down(migration);
    await knex('plans').insert(plan);
    await knex('runs').insert(run);
    await knex('run_steps').insert(step);
    await knex.migrate.up(migration);
    expect(await knex('runs').first()).toMatchObject({ ...run, ...added.column });
    await knex.migrate.down(migration);
    expect(Object.keys(await knex('runs').first())).not.toEqual(expect.arrayContaining(Object.keys(added.column)));
    expect(await knex('run_steps').first()).toMatchObject(step);
  });

  it.each(databases.eachSupportedId())('keep what a freeze is about on %s', async id => {
    const knex = await databases.init(id);
    const migrations = { directory: migrationsDirectory };
    const name = '20261123_keepFrozenTargets.js';
    const freeze = {
      ...{ id: run.id, cluster: null, namespace: null, entity_ref: run.entity_ref, environment: null, reason: 'x' },
      ...{ starts_at: run.created_at, ends_at: plan.expires_at, created_by: run.requester, created_at: run.created_at },
      ended_by: null,
    };
    await knex.migrate.latest(migrations);
    const later = '20261127_markUnconfirmedFreezes.js';
    await knex.migrate.down({ ...migrations, name: later });
    await knex.migrate.down({ ...migrations, name });
    await knex('freezes').insert(freeze);
    await knex.migrate.up({ ...migrations, name });
    await knex.migrate.up({ ...migrations, name: later });
    expect(await knex('freezes').first()).toEqual({ ...freeze, target_keys: '[]', unconfirmed: null });
    await knex.migrate.down({ ...migrations, name: later });
    await knex.migrate.down({ ...migrations, name });
    expect(await knex('freezes').first()).toEqual(freeze);
  });
});
