import { TestDatabases } from '@backstage/backend-test-utils';
import { expectToSurvive } from '../__testUtils__/expectToSurvive';

jest.setTimeout(3_600_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

const seed = Date.now() % 1_000_000;

onPostgres('backends on one PostgreSQL', () => {
  it(`lose nothing and repeat nothing in 200 crashes of seed ${seed}`, async () => {
    await expect(expectToSurvive(databases, { crashCount: 200, seed })).resolves.toBeUndefined();
  });
});
