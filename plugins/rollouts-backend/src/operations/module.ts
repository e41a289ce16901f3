import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { operationsExtensionPoint } from '@leitstand/plugin-operations-node';
import { createWorkloadOperations } from './workloadOperations';
import { WritableClusters } from './WritableClusters';

/** Declares what can be done to workloads. Only here are credentials that may change a cluster. */
export const operationsModuleRollouts = createBackendModule({
  pluginId: 'operations',
  moduleId: 'rollouts',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        operations: operationsExtensionPoint,
      },
      async init({ config, lifecycle, operations }) {
        const clusters = WritableClusters.fromConfig(config);
        lifecycle.addShutdownHook(() => clusters.close());
        for (const operation of createWorkloadOperations(clusters)) operations.addOperation(operation);
      },
    });
  },
});

export default operationsModuleRollouts;
