import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { notificationSeverities, type NotificationSeverity } from '@backstage/plugin-notifications-common';
import { durationToMilliseconds } from '@backstage/types';
import { webhookFormats, type WebhookFormat } from './webhookMessage';

const defaultTimeoutMs = 5_000;

/** One web hook of the configuration. */
export interface WebhookConfig {
  name: string;
  url: string;
  secret: string | undefined;
  format: WebhookFormat;
  /** Undefined: all. */
  topics: string[] | undefined;
  minSeverity: NotificationSeverity;
  timeoutMs: number;
}

/** @throws InputError for an address, a format or a severity that there is not; the message does not hold the address */
export function readWebhooks(config: Config): WebhookConfig[] {
  return (config.getOptionalConfigArray('notifications.processors.webhooks') ?? []).map(entry => {
    const name = entry.getString('name');
    return {
      name,
      url: readUrl(name, entry.getString('url')),
      secret: entry.getOptionalString('secret'),
      format: readFormat(name, entry.getOptionalString('format') ?? 'json'),
      topics: entry.getOptionalStringArray('topics'),
      minSeverity: readSeverity(name, entry.getOptionalString('minSeverity') ?? 'low'),
      timeoutMs: entry.has('timeout')
        ? durationToMilliseconds(readDurationFromConfig(entry, { key: 'timeout' }))
        : defaultTimeoutMs,
    };
  });
}

function readUrl(name: string, url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new InputError(`notifications.processors.webhooks: the url of ${name} is no address of HTTP`);
}

function readFormat(name: string, format: string): WebhookFormat {
  const known = webhookFormats.find(one => one === format);
  if (known) return known;
  throw new InputError(`notifications.processors.webhooks: ${name} has the format ${format}, which there is not`);
}

function readSeverity(name: string, severity: string): NotificationSeverity {
  const known = notificationSeverities.find(one => one === severity);
  if (known) return known;
  throw new InputError(`notifications.processors.webhooks: ${name} has the severity ${severity}, which there is not`);
}
