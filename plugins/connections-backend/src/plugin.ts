import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { connectionsPermissions } from '@leitstand/plugin-connections-common';
import { portalAccountsServiceRef } from '@leitstand/plugin-connections-node';
import { providerStatusesServiceRef } from '@leitstand/plugin-discovery-node';
import { healthChecksServiceRef, portalProcessServiceRef } from '@leitstand/plugin-kit-node';
import { createRouter } from './router';
import { EventLoopWatch } from './services/EventLoopWatch';
import { PortalHealthService } from './services/PortalHealthService';

/** How the portal itself is, for the people who look after it. */
export const connectionsPlugin = createBackendPlugin({
  pluginId: 'connections',
  register(env) {
    env.registerInit({
      deps: {
        accounts: portalAccountsServiceRef,
        checks: healthChecksServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        process: portalProcessServiceRef,
        statuses: providerStatusesServiceRef,
      },
      async init({ httpAuth, httpRouter, lifecycle, permissions, permissionsRegistry, ...deps }) {
        permissionsRegistry.addPermissions(connectionsPermissions);
        const eventLoop = new EventLoopWatch();
        const health = new PortalHealthService({ ...deps, eventLoop });
        lifecycle.addShutdownHook(() => {
          eventLoop[Symbol.dispose]();
          health.close();
        });
        httpRouter.use(createRouter({ httpAuth, permissions, health }));
      },
    });
  },
});
