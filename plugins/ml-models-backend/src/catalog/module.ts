import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint, catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  AnnotationRelationsProcessor,
  LeasedEntityProvider,
  openDiscovery,
  providerStatusesServiceRef,
} from '@leitstand/plugin-discovery-node';
import { portalProcessServiceRef } from '@leitstand/plugin-kit-node';
import { Ownership } from '@leitstand/plugin-operations-node';
import { bigQueryConnectionsServiceRef } from '../services/BigQueryConnections';
import { DatasetService } from '../services/DatasetService';
import { EntityIndex } from '../services/EntityIndex';
import { ModelList } from '../services/ModelList';
import { annotationRelations } from './annotationRelations';
import { DiscoverySession, modelProviderName } from './DiscoverySession';

/** Before the first look, and between two, in seconds; `mlModels.catalog.schedule` changes them. */
const defaultSchedule = { initialDelaySeconds: 3, frequencySeconds: 20 };

/** Puts datasets and models into the catalogue, and relates entities to them. */
export const catalogModuleMlModels = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'ml-models',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        connections: bigQueryConnectionsServiceRef,
        database: coreServices.database,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        process: portalProcessServiceRef,
        processing: catalogProcessingExtensionPoint,
        providerStatuses: providerStatusesServiceRef,
      },
      async init({
        auth,
        catalog,
        config,
        connections,
        database,
        lifecycle,
        logger,
        process,
        processing,
        providerStatuses,
      }) {
        processing.addProcessor(
          new AnnotationRelationsProcessor('MlModelsAnnotationRelationsProcessor', annotationRelations),
        );
        if (connections.all.length === 0) return;
        const { lease, statuses, lookup } = await openDiscovery({
          providerName: modelProviderName,
          nouns: 'models',
          database,
          catalog,
          auth,
          logger,
          process,
        });
        const entities = new EntityIndex({ catalog, auth });
        const schedule = config.getOptionalConfig('mlModels.catalog.schedule');
        const secondsOf = (key: keyof typeof defaultSchedule) =>
          schedule?.getOptionalNumber(key) ?? defaultSchedule[key];
        const parts = {
          connections,
          datasets: new DatasetService(connections),
          modelList: new ModelList({ connections, entities }),
          ownership: Ownership.fromConfig(config),
          lookup,
          statuses,
          logger,
          frequencySeconds: secondsOf('frequencySeconds'),
        };
        const provider = new LeasedEntityProvider({
          name: modelProviderName,
          lease,
          initialDelaySeconds: secondsOf('initialDelaySeconds'),
          follow: session => new DiscoverySession({ ...parts, session }).follow(),
        });
        providerStatuses.publish(statuses);
        lifecycle.addShutdownHook(async () => {
          entities.close();
          await provider.close();
        });
        processing.addEntityProvider(provider);
      },
    });
  },
});

export default catalogModuleMlModels;
