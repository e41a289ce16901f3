import { createSpecializedBackend } from '@backstage/backend-app-api';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { lifecycleServiceFactory } from '@backstage/backend-defaults/lifecycle';
import { loggerServiceFactory } from '@backstage/backend-defaults/logger';
import { rootConfigServiceFactory } from '@backstage/backend-defaults/rootConfig';
import { rootLifecycleServiceFactory } from '@backstage/backend-defaults/rootLifecycle';
import { rootLoggerServiceFactory } from '@backstage/backend-defaults/rootLogger';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { verifyLedger, type LedgerEnd, type LedgerVerification } from '@leitstand/plugin-operations-backend';

/** What a database needs, and nothing that listens. */
const defaultServiceFactories = [
  ...[databaseServiceFactory, loggerServiceFactory, lifecycleServiceFactory],
  ...[rootConfigServiceFactory, rootLifecycleServiceFactory, rootLoggerServiceFactory],
];

/**
 * Reads the ledger in the database that the configuration names, without starting the portal, and prints what it found: a
 * line on stdout. With `--known-end <position>:<hash>` an end that an earlier line named has to be there still.
 *
 * @param argv - arguments of the process
 * @returns exit code: 0 when the ledger is complete and unchanged, 1 when it is not, 2 when it cannot be read
 */
export async function verifyLedgerOnce(argv: readonly string[]): Promise<number> {
  const known = readKnownEnd(argv);
  if (known === 'unreadable') {
    process.stdout.write('--known-end wants <position>:<hash>, as this command and the log of the portal write it.\n');
    return 2;
  }
  const { promise, resolve } = Promise.withResolvers<LedgerVerification>();
  const backend = createSpecializedBackend({ defaultServiceFactories });
  backend.add(
    createBackendPlugin({
      pluginId: 'operations', // whose database it is
      register(env) {
        env.registerInit({
          deps: { database: coreServices.database },
          init: async ({ database }) => resolve(await verifyLedger(await database.getClient(), known)),
        });
      },
    }),
  );
  try {
    await backend.start();
    const verification = await promise;
    process.stdout.write(`${describe(verification)}\n`);
    return verification.problem ? 1 : 0;
  } catch {
    process.stdout.write('The ledger cannot be read: the log above says why.\n');
    return 2;
  } finally {
    await backend.stop();
  }
}

function readKnownEnd(argv: readonly string[]): LedgerEnd | undefined | 'unreadable' {
  const index = argv.indexOf('--known-end');
  if (index === -1) return undefined;
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(argv[index + 1] ?? '') ?? [];
  return hash === undefined ? 'unreadable' : { position: Number(position), hash };
}

function describe({ head, entryCount, problem }: LedgerVerification): string {
  if (problem) return `The ledger is broken at position ${problem.position}: ${problem.message}.`;
  return `The ledger is complete and unchanged: ${entryCount} entries, the end is ${head.position}:${head.hash}`;
}
