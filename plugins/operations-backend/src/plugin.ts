import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { portalAccountsServiceRef } from '@leitstand/plugin-connections-node';
import { healthChecksServiceRef, portalProcessServiceRef } from '@leitstand/plugin-kit-node';
import { liveServiceRef } from '@leitstand/plugin-live-node';
import { operationsExtensionPoint } from '@leitstand/plugin-operations-node';
import { createDoor } from './createDoor';
import { findDatabaseHealth } from './database/databaseHealth';
import { openDatabase } from './database/migrate';
import { observeRuns } from './live/observeRuns';
import { runLinks } from './faces/runLink';
import { registerTools } from './faces/tools/registerTools';
import { createRouter } from './router';
import { OperationRegistry } from './services/OperationRegistry';
import { tellOfPortal } from './tellOfPortal';

/** The one door for writes. Its modules declare operations through `operationsExtensionPoint`. */
export const operationsPlugin = createBackendPlugin({
  pluginId: 'operations',
  register(env) {
    const registry = new OperationRegistry();
    env.registerExtensionPoint(operationsExtensionPoint, registry);
    env.registerInit({
      deps: {
        accounts: portalAccountsServiceRef,
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        health: healthChecksServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        live: liveServiceRef,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        process: portalProcessServiceRef,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init({ database, ...deps }) {
        const knex = await openDatabase(database);
        const door = createDoor({ ...deps, registry, database: knex, processName: deps.process.name });
        deps.health.add({ area: 'database', isRequired: true, check: () => findDatabaseHealth(knex) });
        deps.health.add({ area: 'operations', check: async () => door.executor.health });
        tellOfPortal({ accounts: deps.accounts, database: knex, rules: door.rules });
        const runs = observeRuns(knex);
        deps.lifecycle.addShutdownHook(() => runs[Symbol.dispose]());
        deps.live.addSource(door.topics);
        deps.lifecycle.addStartupHook(() => door.executor.start());
        deps.lifecycle.addStartupHook(() => door.freezeConfirmation.start());
        deps.lifecycle.addShutdownHook(async () => {
          await Promise.all([door.executor.close(), door.freezeConfirmation.close()]);
          await door.notifier.close();
        });
        await deps.scheduler.scheduleTask({
          id: 'clean-up',
          ...{ frequency: { hours: 1 }, initialDelay: { minutes: 1 }, timeout: { minutes: 10 } },
          fn: async () => void (await door.retention.clean()),
        });
        registerTools({ ...deps, ...door, registry, linkTo: runLinks(deps.config) });
        deps.httpRouter.use(createRouter({ ...deps, ...door }));
      },
    });
  },
});

export default operationsPlugin;
