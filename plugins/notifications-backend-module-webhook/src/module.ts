import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { notificationsProcessingExtensionPoint } from '@backstage/plugin-notifications-node';
import { portalAccountsServiceRef } from '@leitstand/plugin-connections-node';
import { readWebhooks } from './config';
import { Webhook } from './Webhook';
import { WebhookProcessor } from './WebhookProcessor';

/** Tells the web hooks of `notifications.processors.webhooks`; does nothing without any. */
export const notificationsModuleWebhook = createBackendModule({
  pluginId: 'notifications',
  moduleId: 'webhook',
  register(env) {
    env.registerInit({
      deps: {
        accounts: portalAccountsServiceRef,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationsProcessingExtensionPoint,
      },
      async init({ accounts, config, lifecycle, logger, notifications }) {
        const settings = readWebhooks(config);
        if (settings.length === 0) return;
        const portalUrl = config.getString('app.baseUrl');
        const webhooks = settings.map(of => new Webhook({ ...of, portalUrl, logger }));
        const processor = new WebhookProcessor(webhooks);
        accounts.add('waysOut', async () =>
          webhooks.map(({ name, record }) => ({ kind: 'webhook', name, areFailuresKnown: true, ...record })),
        );
        notifications.addProcessor(processor);
        lifecycle.addShutdownHook(() => processor.close());
      },
    });
  },
});
