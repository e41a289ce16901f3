import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { liveServiceRef } from '@leitstand/plugin-live-node';
import { rolloutsPermissions } from '@leitstand/plugin-rollouts-common';
import { createRouter } from './router';
import { clusterReadersServiceRef } from './services/ClusterReaders';
import { DefaultClusterService } from './services/ClusterService';
import { DefaultConnectionService } from './services/ConnectionService';
import { Fleet } from './services/Fleet';
import { DefaultPodLogService } from './services/PodLogService';
import { providerStatusesServiceRef } from '@leitstand/plugin-discovery-node';
import { WorkloadLiveSource } from './services/WorkloadLiveSource';
import { DefaultWorkloadService } from './services/WorkloadService';

/** Clusters and workloads: routes and live topics. */
export const rolloutsPlugin = createBackendPlugin({
  pluginId: 'rollouts',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        live: liveServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        providerStatuses: providerStatusesServiceRef,
        readers: clusterReadersServiceRef,
      },
      async init(deps) {
        const { httpAuth, permissions, permissionsRegistry, providerStatuses, readers } = deps;
        permissionsRegistry.addPermissions(rolloutsPermissions);
        deps.live.addSource(new WorkloadLiveSource({ readers, permissions }));
        const fleet = new Fleet(readers);
        const workloads = DefaultWorkloadService.create({ readers, fleet });
        const clusters = DefaultClusterService.create({ readers, fleet });
        const podLogs = DefaultPodLogService.create({ readers });
        const connections = DefaultConnectionService.fromConfig(deps.config);
        deps.lifecycle.addShutdownHook(() => connections.close());
        const services = { workloads, clusters, podLogs, connections, providerStatuses };
        deps.httpRouter.use(createRouter({ httpAuth, permissions, ...services }));
      },
    });
  },
});

export default rolloutsPlugin;
