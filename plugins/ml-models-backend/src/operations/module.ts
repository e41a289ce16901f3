import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { operationsExtensionPoint, Ownership } from '@leitstand/plugin-operations-node';
import { QueryService } from '../services/QueryService';
import { createCancelJobOperation } from './cancelJobOperation';
import { createCreateModelOperation } from './createModelOperation';
import { createDeleteModelOperation } from './deleteModelOperation';
import { createDiscardModelOperation } from './discardModelOperation';
import { setExpirationPatch, setLabelsPatch } from './modelPatches';
import { createPatchModelOperation } from './patchModelOperation';
import { createRestoreModelOperation } from './restoreModelOperation';
import { createRetrainModelOperation } from './retrainModelOperation';
import { WritableConnections } from './WritableConnections';

/** Declares what can be done to models. Only here are credentials that may change anything in BigQuery. */
export const operationsModuleMlModels = createBackendModule({
  pluginId: 'operations',
  moduleId: 'ml-models',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, operations: operationsExtensionPoint },
      async init({ config, operations }) {
        const connections = WritableConnections.fromConfig(config);
        if (connections.config.connections.length === 0) return;
        const queries = new QueryService(connections.config);
        const ownership = Ownership.fromConfig(config);
        operations.addOperation(createCreateModelOperation({ connections, queries, ownership }));
        operations.addOperation(createRetrainModelOperation({ connections, queries, ownership }));
        operations.addOperation(createRestoreModelOperation(connections));
        operations.addOperation(createDeleteModelOperation(connections));
        operations.addOperation(createDiscardModelOperation(connections));
        operations.addOperation(createPatchModelOperation(connections, setLabelsPatch));
        operations.addOperation(createPatchModelOperation(connections, setExpirationPatch));
        operations.addOperation(createCancelJobOperation(connections));
      },
    });
  },
});

export default operationsModuleMlModels;
