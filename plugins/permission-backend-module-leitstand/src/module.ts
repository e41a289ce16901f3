import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readPolicyConfig } from './config';
import { LeitstandPolicy } from './LeitstandPolicy';

/** Gives the permission backend Leitstand's policy: viewer, operator, admin, and guest. */
export const permissionModuleLeitstand = createBackendModule({
  pluginId: 'permission',
  moduleId: 'leitstand-policy',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        policy.setPolicy(new LeitstandPolicy(readPolicyConfig(config)));
      },
    });
  },
});
