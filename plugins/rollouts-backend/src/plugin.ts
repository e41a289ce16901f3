import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { liveServiceRef } from '@leitstand/plugin-live-node';
import { rolloutsPermissions } from '@leitstand/plugin-rollouts-common';
import { createRouter } from './router';
import { clusterReadersServiceRef } from './services/ClusterReaders';
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
        readers: clusterReadersServiceRef,
      },
      async init({ httpAuth, httpRouter, live, permissions, permissionsRegistry, readers }) {
        permissionsRegistry.addPermissions(rolloutsPermissions);
        live.addSource(new WorkloadLiveSource({ readers, permissions }));
        httpRouter.use(createRouter({ httpAuth, permissions, workloads: DefaultWorkloadService.create({ readers }) }));
      },
    });
  },
});

export default rolloutsPlugin;
