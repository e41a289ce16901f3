import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import {
  notificationsSlackBlockKitExtensionPoint,
  type SlackBlockKitRenderer,
} from '@backstage/plugin-notifications-backend-module-slack';
import { portalAccountsServiceRef } from '@leitstand/plugin-connections-node';

/** Slack refuses a message with a longer text. */
const maxTextLength = 3_000;

/**
 * What is below the title of a message in Slack. Backstage's own blocks show what people wrote as Slack's markup: a reason
 * could call everybody in the channel, or be a link under another name.
 *
 * Source: {@link https://docs.slack.dev/reference/block-kit/composition-objects/text-object}
 */
export const slackBlocksModule = createBackendModule({
  pluginId: 'notifications',
  moduleId: 'slack-blocks',
  register(env) {
    env.registerInit({
      deps: {
        accounts: portalAccountsServiceRef,
        config: coreServices.rootConfig,
        slack: notificationsSlackBlockKitExtensionPoint,
      },
      async init({ accounts, config, slack }) {
        if (config.has('notifications.processors.slack')) {
          accounts.add('waysOut', async () => [{ kind: 'slack', areFailuresKnown: false }]);
        }
        slack.setBlockKitRenderer(blocksOf);
      },
    });
  },
});

const blocksOf: SlackBlockKitRenderer = ({ title, description, link }) => [
  {
    type: 'section',
    text: plainText(description || title),
    ...(link && {
      accessory: { type: 'button', text: plainText('Open in the portal'), url: link, action_id: 'open' },
    }),
  },
];

function plainText(text: string) {
  const short = text.length > maxTextLength ? `${text.slice(0, maxTextLength - 1)}…` : text;
  return { type: 'plain_text', text: short, emoji: false } as const;
}
