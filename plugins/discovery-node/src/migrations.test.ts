import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { migrationsConfig, openDatabase } from './migrate';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe('migrations', () => {
  it.each(databases.eachSupportedId())('carry rows up and down on %s', async databaseId => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ ...migrationsConfig, name: '20261122_createDiscovery.js' });
    const lease = { name: 'work', holder: 'a', fence: 1, until_ms: 1_790_000_000_000 };
    await knex('leitstand_leases').insert(lease);
    await knex('leitstand_provider_status').insert({ provider: 'p', source: 's', document: '{}' });
    const row = await knex('leitstand_leases').first();
    expect({ ...row, until_ms: Number(row.until_ms) }).toEqual(lease);
    await knex.migrate.down({ ...migrationsConfig, name: '20261122_createDiscovery.js' });
    expect(await knex.schema.hasTable('leitstand_leases')).toBe(false);
    expect(await knex.schema.hasTable('leitstand_provider_status')).toBe(false);
  });
});

(databases.supports('POSTGRES_18') ? describe : describe.skip)('several backends that start at once', () => {
  it('bring the tables up to date together', async () => {
    const knex = await databases.init('POSTGRES_18');
    const database = mockServices.database({ knex, migrations: { skip: false } });
    await Promise.all([openDatabase(database), openDatabase(database), openDatabase(database)]);
    expect(await knex.schema.hasTable('leitstand_leases')).toBe(true);
  });
});
