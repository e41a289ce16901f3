import type { LoggerService } from '@backstage/backend-plugin-api';
import { notificationSeverities } from '@backstage/plugin-notifications-common';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { WebhookConfig } from './config';
import { writeMessage } from './webhookMessage';

/** Pauses before the second, the third and the fourth attempt, in milliseconds. */
const defaultPausesMs = [1_000, 10_000, 60_000];

/** The longest pause that a receiver may ask for, in milliseconds. */
const maxPauseMs = 60_000;
const maxWaitingCount = 500;

/** What a web hook stands on. */
export interface WebhookOptions extends WebhookConfig {
  /** `app.baseUrl`; links are made absolute with it. */
  portalUrl: string;
  logger: LoggerService;
  /** For tests, which cannot wait. */
  pausesMs?: readonly number[];
}

/**
 * One address that notifications are posted to, one after the other: four attempts, without redirects, signed. The log calls
 * it by its name, for its address may be a secret.
 */
export class Webhook {
  readonly #options: WebhookOptions;
  readonly #closed = new AbortController();
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;
  #record: WebhookRecord = {};

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** How it went so far, in words without the address. */
  get record(): WebhookRecord {
    return this.#record;
  }

  /** Takes the notification to be sent, unless it is none that the configuration asks for. */
  tell(notification: NotificationSendOptions): void {
    if (this.#closed.signal.aborted || !this.#isWanted(notification)) return;
    const { name, logger, format, portalUrl } = this.#options;
    if (this.#waiting >= maxWaitingCount) {
      logger.warn(`The web hook ${name} is too slow: a notification is left out`);
      this.#recordFailure('it is too slow');
      return;
    }
    const id = randomUUID();
    const body = writeMessage[format]({ id, notification, portalUrl });
    this.#waiting++;
    this.#tail = this.#tail.then(async () => {
      await this.#deliver(id, body);
      this.#waiting--;
    });
  }

  /** Gives up what is still to be sent, and says how much that is. */
  async close(): Promise<void> {
    const { name, logger } = this.#options;
    if (this.#waiting > 0) logger.warn(`The web hook ${name} is not told what still waited for it: ${this.#waiting}`);
    this.#closed.abort();
    await this.#tail;
  }

  #isWanted({ payload }: NotificationSendOptions): boolean {
    const { topics, minSeverity } = this.#options;
    const rankOf = (severity: (typeof notificationSeverities)[number]) => notificationSeverities.indexOf(severity);
    if (rankOf(payload.severity ?? 'normal') > rankOf(minSeverity)) return false;
    return topics === undefined || (payload.topic !== undefined && topics.includes(payload.topic));
  }

  async #deliver(id: string, body: string): Promise<void> {
    const { name, logger, pausesMs = defaultPausesMs } = this.#options;
    const { signal } = this.#closed;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const problem = await this.#post(id, body);
      if (problem === undefined) {
        this.#record = { ...this.#record, lastDeliveredAt: new Date().toISOString() };
        return;
      }
      if (!problem.isPassing || attempt >= pausesMs.length) {
        logger.warn(`The web hook ${name} did not take the notification ${id}: ${problem.message}`);
        this.#recordFailure(problem.message);
        return;
      }
      const pauseMs = Math.max(pausesMs[attempt], Math.min(problem.retryAfterMs ?? 0, maxPauseMs));
      await setTimeout(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  #recordFailure(message: string): void {
    this.#record = { ...this.#record, lastFailure: { at: new Date().toISOString(), message } };
  }

  /** @returns what went wrong */
  async #post(id: string, body: string): Promise<DeliveryProblem | undefined> {
    const { url, timeoutMs } = this.#options;
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const response = await fetch(url, {
        ...{ method: 'POST', body, signal, redirect: 'manual' },
        headers: { 'Content-Type': 'application/json', 'Leitstand-Delivery': id, ...this.#signatureOf(body) },
      });
      await response.body?.cancel();
      if (response.ok) return undefined;
      const { status, headers } = response;
      const isPassing = status >= 500 || status === 429 || status === 408;
      return { message: `it answered ${status}`, isPassing, retryAfterMs: readRetryAfter(headers) };
    } catch {
      return { message: signal.aborted ? 'it did not answer in time' : 'it cannot be reached', isPassing: true };
    }
  }

  /** Over time and body, so that what was sent once cannot be sent again later by somebody else. */
  #signatureOf(body: string): Record<string, string> {
    const { secret } = this.#options;
    if (secret === undefined) return {};
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    return { 'Leitstand-Timestamp': timestamp, 'Leitstand-Signature': `sha256=${signature}` };
  }
}

/** What came of the notifications since the process began. */
export interface WebhookRecord {
  /** The last one that was not taken. */
  lastFailure?: { at: string; message: string };
  /** ISO 8601: when the last one was taken. */
  lastDeliveredAt?: string;
}

/** Why a receiver did not take a notification. */
interface DeliveryProblem {
  /** In words without the address. */
  message: string;
  /** Whether it may be otherwise later. */
  isPassing: boolean;
  retryAfterMs?: number;
}

/** Of `Retry-After` only the form in seconds, which chat systems use. */
function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) * 1_000 : undefined;
}
