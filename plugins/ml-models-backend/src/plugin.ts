import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { liveServiceRef } from '@leitstand/plugin-live-node';
import { mlModelsPermissions } from '@leitstand/plugin-ml-models-common';
import { openDatabase } from './database/migrate';
import { RecentPredictions } from './database/RecentPredictions';
import { createRouter } from './router';
import { bigQueryConnectionsServiceRef } from './services/BigQueryConnections';
import { ConnectionService } from './services/ConnectionService';
import { DatasetService } from './services/DatasetService';
import { EntityIndex } from './services/EntityIndex';
import { FeatureService } from './services/FeatureService';
import { JobService } from './services/JobService';
import { ModelList } from './services/ModelList';
import { ModelLiveSource } from './services/ModelLiveSource';
import { ModelService } from './services/ModelService';
import { PredictionService } from './services/PredictionService';
import { QueryEstimator } from './services/QueryEstimator';
import { QueryService } from './services/QueryService';
import { ResidualService } from './services/ResidualService';
import { ServingService } from './services/ServingService';

/** Models of BigQuery ML: routes and live topics. */
export const mlModelsPlugin = createBackendPlugin({
  pluginId: 'ml-models',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        connections: bigQueryConnectionsServiceRef,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        live: liveServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ auth, catalog, config, connections, database, httpAuth, permissions, ...deps }) {
        deps.permissionsRegistry.addPermissions(mlModelsPermissions);
        const entities = new EntityIndex({ catalog, auth });
        deps.lifecycle.addShutdownHook(() => entities.close());
        const connectionService = ConnectionService.fromConfig(config);
        deps.lifecycle.addShutdownHook(() => connectionService.close());
        const models = new ModelService({ connections, entities });
        const queries = new QueryService(connections.config);
        const recent = new RecentPredictions(await openDatabase(database));
        deps.live.addSource(new ModelLiveSource({ models, permissions }));
        deps.httpRouter.use(
          createRouter({
            httpAuth,
            permissions,
            connections: connectionService,
            datasets: new DatasetService(connections),
            estimator: new QueryEstimator({ connections, queries }),
            features: new FeatureService({ connections, models, queries }),
            jobs: new JobService(connections),
            modelList: new ModelList({ connections, entities }),
            models,
            predictions: new PredictionService({ connections, models, queries, recent }),
            residuals: new ResidualService({ connections, models, queries }),
            serving: new ServingService(models),
          }),
        );
      },
    });
  },
});

export default mlModelsPlugin;
