import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { portalAccountsServiceRef } from '@leitstand/plugin-connections-node';
import type { Notification } from '@backstage/plugin-notifications-common';
import { notificationsEmailTemplateExtensionPoint } from '@backstage/plugin-notifications-backend-module-email';
import { resolveNotificationLink } from '@backstage/plugin-notifications-node';

/**
 * What mails say. Backstage's own text puts what people wrote into HTML as it is: a reason could look like a button of the
 * portal and lead elsewhere.
 */
export const mailTextsModule = createBackendModule({
  pluginId: 'notifications',
  moduleId: 'mail-texts',
  register(env) {
    env.registerInit({
      deps: {
        accounts: portalAccountsServiceRef,
        config: coreServices.rootConfig,
        mail: notificationsEmailTemplateExtensionPoint,
      },
      async init({ accounts, config, mail }) {
        accounts.add('waysOut', async () => [{ kind: 'email', areFailuresKnown: false }]);
        const portalUrl = config.getString('app.baseUrl');
        mail.setTemplateRenderer({
          getText: async notification => textOf(notification, portalUrl),
          getHtml: async notification => htmlOf(notification, portalUrl),
        });
      },
    });
  },
});

function textOf({ payload }: Notification, portalUrl: string): string {
  return [payload.title, payload.description, linkOf(payload.link, portalUrl)].filter(Boolean).join('\n\n');
}

function htmlOf({ payload }: Notification, portalUrl: string): string {
  const { title, description } = payload;
  const link = asHtml(linkOf(payload.link, portalUrl));
  return [
    `<p><strong>${asHtml(title)}</strong></p>`,
    description && `<p>${asHtml(description).replace(/\r?\n/g, '<br>')}</p>`,
    `<p><a href="${link}">${link}</a></p>`,
  ]
    .filter(Boolean)
    .join('\n');
}

function linkOf(link: string | undefined, portalUrl: string): string {
  return resolveNotificationLink(link || '/notifications', portalUrl) ?? portalUrl;
}

function asHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
