import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { Ownership } from '@leitstand/plugin-operations-node';
import { clusterReadersServiceRef } from '../services/ClusterReaders';
import { WorkloadEntityProvider } from './WorkloadEntityProvider';

/** Puts clusters and workloads into the catalogue. */
export const catalogModuleRollouts = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'rollouts',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        readers: clusterReadersServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, config, lifecycle, logger, readers, scheduler }) {
        const { initialDelaySeconds, frequencySeconds } = readers.config.catalogSchedule;
        const provider = new WorkloadEntityProvider({
          readers,
          ownership: Ownership.fromConfig(config),
          taskRunner: scheduler.createScheduledTaskRunner({
            initialDelay: { seconds: initialDelaySeconds },
            frequency: { seconds: frequencySeconds },
            timeout: { minutes: 2 },
            // Each process keeps its own copy of the clusters, and knows what it told the catalogue.
            scope: 'local',
          }),
          logger,
        });
        lifecycle.addShutdownHook(() => provider.close());
        catalog.addEntityProvider(provider);
      },
    });
  },
});

export default catalogModuleRollouts;
