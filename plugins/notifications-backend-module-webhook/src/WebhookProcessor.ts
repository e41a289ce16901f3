import type { NotificationProcessor, NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Webhook } from './Webhook';

/** Hands each notification to the web hooks, once for all its recipients, and does not wait for them. */
export class WebhookProcessor implements NotificationProcessor {
  readonly #webhooks: readonly Webhook[];

  constructor(webhooks: readonly Webhook[]) {
    this.#webhooks = webhooks;
  }

  getName(): string {
    return 'Webhook';
  }

  async processOptions(options: NotificationSendOptions): Promise<NotificationSendOptions> {
    this.#webhooks.forEach(webhook => webhook.tell(options));
    return options;
  }

  /** Gives up what is still to be sent. */
  async close(): Promise<void> {
    await Promise.all(this.#webhooks.map(webhook => webhook.close()));
  }
}
