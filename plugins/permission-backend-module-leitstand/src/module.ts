import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { portalAccountsServiceRef } from '@leitstand/plugin-connections-node';
import { readPolicyConfig } from './config';
import { LeitstandPolicy } from './LeitstandPolicy';

/** Gives the permission backend Leitstand's policy: viewer, operator, admin, and guest. */
export const permissionModuleLeitstand = createBackendModule({
  pluginId: 'permission',
  moduleId: 'leitstand-policy',
  register(env) {
    env.registerInit({
      deps: { accounts: portalAccountsServiceRef, config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ accounts, config, policy }) {
        const settings = readPolicyConfig(config);
        accounts.add('guestRules', async () => [{ isAllowed: settings.isGuestAllowed }]);
        policy.setPolicy(new LeitstandPolicy(settings));
      },
    });
  },
});
