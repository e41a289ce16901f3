import { createSpecializedBackend } from '@backstage/backend-app-api';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { lifecycleServiceFactory } from '@backstage/backend-defaults/lifecycle';
import { loggerServiceFactory } from '@backstage/backend-defaults/logger';
import { rootConfigServiceFactory } from '@backstage/backend-defaults/rootConfig';
import { rootLifecycleServiceFactory } from '@backstage/backend-defaults/rootLifecycle';
import { rootLoggerServiceFactory } from '@backstage/backend-defaults/rootLogger';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { verifyLedger, type LedgerVerification } from '@leitstand/plugin-operations-backend';

/** What a database needs, and nothing that listens. */
const defaultServiceFactories = [
  ...[databaseServiceFactory, loggerServiceFactory, lifecycleServiceFactory],
  ...[rootConfigServiceFactory, rootLifecycleServiceFactory, rootLoggerServiceFactory],
];

/**
 * Reads the ledger in the database that the configuration names, without starting the portal, and prints what it found: a
 * line on stdout.
 *
 * @returns exit code: 0 when the ledger is complete and unchanged, 1 when it is not, 2 when it cannot be read
 */
export async function verifyLedgerOnce(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<LedgerVerification>();
  const backend = createSpecializedBackend({ defaultServiceFactories });
  backend.add(
    createBackendPlugin({
      pluginId: 'operations', // whose database it is
      register(env) {
        env.registerInit({
          deps: { database: coreServices.database },
          init: async ({ database }) => resolve(await verifyLedger(await database.getClient())),
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
  }
}

function describe({ head, entryCount, problem }: LedgerVerification): string {
  if (problem) return `The ledger is broken at position ${problem.position}: ${problem.message}.`;
  return `The ledger is complete and unchanged: ${entryCount} entries up to position ${head.position}, hash ${head.hash}.`;
}
