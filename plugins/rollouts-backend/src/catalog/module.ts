import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint, catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  AnnotationRelationsProcessor,
  openDiscovery,
  providerStatusesServiceRef,
} from '@leitstand/plugin-discovery-node';
import { portalProcessServiceRef } from '@leitstand/plugin-kit-node';
import { Ownership } from '@leitstand/plugin-operations-node';
import { clusterReadersServiceRef } from '../services/ClusterReaders';
import { annotationRelations } from './annotationRelations';
import { createWorkloadProvider } from './createWorkloadProvider';
import { workloadProviderName } from './workloadProviderName';

/** Puts clusters and workloads into the catalogue, and relates entities to them. */
export const catalogModuleRollouts = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'rollouts',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        process: portalProcessServiceRef,
        processing: catalogProcessingExtensionPoint,
        providerStatuses: providerStatusesServiceRef,
        readers: clusterReadersServiceRef,
      },
      async init({
        auth,
        catalog,
        config,
        database,
        lifecycle,
        logger,
        process,
        processing,
        providerStatuses,
        readers,
      }) {
        const { lease, statuses, lookup } = await openDiscovery({
          providerName: workloadProviderName,
          nouns: 'workloads',
          database,
          catalog,
          auth,
          logger,
          process,
        });
        const ownership = Ownership.fromConfig(config);
        const provider = createWorkloadProvider({ lease, readers, ownership, lookup, statuses, logger });
        providerStatuses.publish(statuses);
        lifecycle.addShutdownHook(() => provider.close());
        processing.addEntityProvider(provider);
        processing.addProcessor(
          new AnnotationRelationsProcessor('RolloutsAnnotationRelationsProcessor', annotationRelations),
        );
      },
    });
  },
});

export default catalogModuleRollouts;
