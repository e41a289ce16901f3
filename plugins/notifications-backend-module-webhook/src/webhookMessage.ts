import { resolveNotificationLink, type NotificationSendOptions } from '@backstage/plugin-notifications-node';

/** What the body of a web hook looks like. */
export const webhookFormats = ['json', 'slack'] as const;
export type WebhookFormat = (typeof webhookFormats)[number];

/** A notification on its way to one web hook. */
export interface WebhookDelivery {
  id: string;
  notification: NotificationSendOptions;
  /** `app.baseUrl`; links are made absolute with it. */
  portalUrl: string;
}

/** What somebody wrote may be cut behind so many characters: chat systems refuse messages that are too long. */
const maxPartLength = 2_900;

/** Body of what is posted, by format. */
export const writeMessage: Record<WebhookFormat, (delivery: WebhookDelivery) => string> = {
  json: delivery => JSON.stringify(jsonMessage(delivery)),
  slack: delivery => JSON.stringify({ text: slackMessage(delivery) }),
};

/** All there is, for programs; and `text` for chat systems that read Slack's member and ignore the others. */
function jsonMessage(delivery: WebhookDelivery) {
  const { id, notification } = delivery;
  const { recipients, payload } = notification;
  const { title, description, severity = 'normal', topic, scope } = payload;
  const link = linkOf(delivery);
  return {
    ...{ id, at: new Date().toISOString(), title, description, link, severity, topic, scope },
    recipients: recipients.type === 'broadcast' ? 'everybody' : [recipients.entityRef].flat(),
    text: [title, description, link]
      .filter(part => part !== undefined)
      .map(toSlackText)
      .join('\n'),
  };
}

/**
 * In Slack's `mrkdwn`: the title in bold, what is said of it, and a link with a name.
 *
 * Source: {@link https://docs.slack.dev/messaging/formatting-message-text}
 */
function slackMessage(delivery: WebhookDelivery): string {
  const { title, description } = delivery.notification.payload;
  const link = linkOf(delivery);
  return [
    // A line break or an asterisk would end what is bold.
    `*${toSlackText(title)
      .replace(/[*\s]+/g, ' ')
      .trim()}*`,
    description && toSlackText(description),
    // Slack knows no escape for a bar in an address; URLs write it so.
    link && `<${toSlackText(link).replaceAll('|', '%7C')}|Open in the portal>`,
  ]
    .filter(Boolean)
    .join('\n');
}

function linkOf({ notification, portalUrl }: WebhookDelivery): string | undefined {
  return resolveNotificationLink(notification.payload.link, portalUrl);
}

/**
 * What people wrote is text there, never a link under another name or a call to everybody. `&`, `<` and `>` are what Slack
 * wants escaped; Mattermost and Rocket.Chat, which take the same web hooks, also call people by `@name` and know Markdown's
 * links: an invisible space (U+200B) takes these apart.
 *
 * Source: {@link https://docs.slack.dev/messaging/formatting-message-text#escaping}
 */
function toSlackText(text: string): string {
  const short = text.length > maxPartLength ? `${text.slice(0, maxPartLength)}…` : text;
  return short
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(?<![\w.+-])@(?=\w)/g, '@\u200B')
    .replace(/\](?=[[(:])/g, ']\u200B');
}
