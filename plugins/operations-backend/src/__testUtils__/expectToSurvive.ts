import { TestDatabases } from '@backstage/backend-test-utils';
import { verifyLedger } from '../ledger/verifyLedger';
import { RandomCrashes } from './RandomCrashes';

/**
 * Lets backends crash at random and holds what came of it. A backend that was suspended in the middle of a step can end that
 * step when it wakes up; it must begin no other, and write nothing.
 */
export async function expectToSurvive(
  databases: TestDatabases,
  options: { crashCount: number; seed: number },
): Promise<void> {
  const { host, port, user, password, database } = (await databases.init('POSTGRES_18')).client.config.connection;
  const connection = `postgres://${user}:${password}@${host}:${port}/${database}`;
  await using crashes = await RandomCrashes.start(connection, options.seed);
  for (let number = 1; number <= options.crashCount; number++) await crashes.crash();
  const runs = await crashes.settle();
  for (const { story, state, counts, expected, repeatLimit, isTouched } of runs) {
    const at = `${story}, seed ${options.seed}`;
    const repeatCount = Object.values(counts).reduce((sum, count) => sum + count - 1, 0);
    expect({ at, state, keys: Object.keys(counts).sort(), repeatCount, isTouched }).toEqual({
      at,
      state: 'three' in expected ? 'succeeded' : 'failed',
      keys: Object.keys(expected).sort(),
      repeatCount: Math.min(repeatCount, repeatLimit),
      isTouched: false,
    });
  }
  expect(await crashes.database('runs').count({ count: '*' })).toEqual([{ count: String(runs.length) }]);
  expect((await verifyLedger(crashes.database)).problem).toBeUndefined();
  // The moments are random, but a trial in which next to nothing was interrupted would show nothing.
  expect(runs.filter(({ isInterrupted }) => isInterrupted).length).toBeGreaterThanOrEqual(options.crashCount / 5);
}
