import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint, catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  AnnotationRelationsProcessor,
  EntityLookup,
  openDatabase,
  providerStatusesServiceRef,
  ProviderStatusStore,
} from '@leitstand/plugin-discovery-node';
import { DatabaseLease } from '@leitstand/plugin-kit-node';
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
        processing: catalogProcessingExtensionPoint,
        providerStatuses: providerStatusesServiceRef,
        readers: clusterReadersServiceRef,
      },
      async init({ auth, catalog, config, database, lifecycle, logger, processing, providerStatuses, readers }) {
        const knex = await openDatabase(database);
        const lease = DatabaseLease.create({
          knex,
          table: 'leitstand_leases',
          name: workloadProviderName,
          holder: `${hostname()} (process ${process.pid}, ${randomUUID().slice(0, 8)})`,
          onError: error =>
            logger.warn('Putting workloads into the catalogue failed and begins again.', asError(error)),
        });
        const statuses = new ProviderStatusStore({ knex, provider: workloadProviderName, lease });
        const lookup = new EntityLookup({
          catalog,
          auth,
          onError: error => logger.debug('Owners and systems could not be looked up.', asError(error)),
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

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

export default catalogModuleRollouts;
