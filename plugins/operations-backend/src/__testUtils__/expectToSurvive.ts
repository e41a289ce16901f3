import { TestDatabases } from '@backstage/backend-test-utils';
import { migrationsDirectory } from '../database/migrate';
import { RandomCrashes } from './RandomCrashes';

/**
 * Lets processes crash at random and holds what came of it. A process that was stopped in the middle of a step can end that
 * step when it wakes up; it must begin no other, and write nothing.
 */
export async function expectToSurvive(
  databases: TestDatabases,
  options: { crashCount: number; seed: number },
): Promise<void> {
  const knex = await databases.init('POSTGRES_18');
  await knex.migrate.latest({ directory: migrationsDirectory });
  const { host, port, user, password, database } = knex.client.config.connection;
  const connection = `postgres://${user}:${password}@${host}:${port}/${database}`;
  await using crashes = await RandomCrashes.start(connection, options.seed);
  for (let number = 1; number <= options.crashCount; number++) {
    const { story, state, counts, expected, repeatCount, isTouched } = await crashes.crash();
    const at = `crash ${number} of seed ${options.seed}: ${story}`;
    expect({ at, state, keys: Object.keys(counts).sort(), isTouched }).toEqual({
      at,
      state: 'three' in expected ? 'succeeded' : 'failed',
      keys: Object.keys(expected).sort(),
      isTouched: false,
    });
    expect({ at, repeatCount }).toEqual({
      at,
      repeatCount: Math.min(repeatCount, story.startsWith('stopped') ? 1 : 0),
    });
  }
}
