/*
 * A backend with the door, as production has it: on the PostgreSQL of its first argument, with the tallies at its second
 * behind it, until it is killed. The catalogue is the one part that is no real plugin. Writes its port when it has started.
 */
import { createBackend } from '@backstage/backend-defaults';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { operationsExtensionPoint } from '@leitstand/plugin-operations-node';
import operationsPlugin from '../plugin';
import { tallyEntities, tallyOperation } from './tallyOperation';

const [, , connection, tallies, token] = process.argv;

/** Starts the backend on a port that no outgoing connection takes before it listens. */
async function start(): Promise<void> {
  // eslint-disable-next-line @backstage/no-relative-monorepo-imports -- the launcher is no package
  const { findFreePort } = await import('../../../../scripts/launcher/ports.mjs');
  const port = await findFreePort();
  const backend = createBackend();
  backend.add(mockServices.rootConfig.factory({ data: configOf(port) }));
  backend.add(mockServices.rootLogger.factory({ level: process.env.LEITSTAND_TRIAL_LOGS ? 'info' : 'none' }));
  backend.add(catalogServiceMock.factory({ entities: tallyEntities }));
  backend.add(operationsPlugin);
  backend.add(tallyModule);
  await backend.start();
  process.stdout.write(`${port}\n`);
}

const tallyModule = createBackendModule({
  pluginId: 'operations',
  moduleId: 'tallies',
  register(env) {
    env.registerInit({
      deps: { operations: operationsExtensionPoint },
      init: async ({ operations }) => operations.addOperation(tallyOperation(tallies)),
    });
  },
});

function configOf(port: number) {
  const baseUrl = `http://127.0.0.1:${port}`;
  const pool = { min: 0, max: 5 };
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: {
        ...{ client: 'pg', connection, pluginDivisionMode: 'schema' },
        ...{ ensureExists: false, ensureSchemaExists: true, knexConfig: { pool } },
      },
      auth: { externalAccess: [{ type: 'static', options: { token, subject: 'external:trial' } }] },
    },
    operations: {
      services: [{ subject: 'external:trial', name: 'trial', operations: ['tallies-count'], owners: ['testers'] }],
    },
  };
}

void start();
