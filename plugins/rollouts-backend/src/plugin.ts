import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { liveServiceRef } from '@leitstand/plugin-live-node';
import { rolloutsPermissions } from '@leitstand/plugin-rollouts-common';
import { createRouter } from './router';
import { clusterReadersServiceRef } from './services/ClusterReaders';
import { DefaultClusterService } from './services/ClusterService';
import { Fleet } from './services/Fleet';
import { providerStatusesServiceRef } from './services/ProviderStatuses';
import { WorkloadLiveSource } from './services/WorkloadLiveSource';
import { DefaultWorkloadService } from './services/WorkloadService';

/** Clusters and workloads: routes and live topics. */
export const rolloutsPlugin = createBackendPlugin({
  pluginId: 'rollouts',
  register(env) {
    env.registerInit({
      deps: {
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        live: liveServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        providerStatuses: providerStatusesServiceRef,
        readers: clusterReadersServiceRef,
      },
      async init({ httpAuth, httpRouter, live, permissions, permissionsRegistry, providerStatuses, readers }) {
        permissionsRegistry.addPermissions(rolloutsPermissions);
        live.addSource(new WorkloadLiveSource({ readers, permissions }));
        const fleet = new Fleet(readers);
        const workloads = DefaultWorkloadService.create({ readers, fleet });
        const clusters = DefaultClusterService.create({ readers, fleet });
        httpRouter.use(createRouter({ httpAuth, permissions, workloads, clusters, providerStatuses }));
      },
    });
  },
});

export default rolloutsPlugin;
