import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationSendOptions, NotificationService } from '@backstage/plugin-notifications-node';
import { safeError } from '@leitstand/plugin-kit-node';
import type { Freeze } from '@leitstand/plugin-operations-common';
import { setTimeout } from 'node:timers/promises';
import type { RunReader } from '../database/RunReader';
import type { NewLedgerEntry } from '../ledger/LedgerStore';
import { isNoticed, noticeOfFreeze, noticeOfRun } from './noticeOf';

/** How many notices may wait; beyond that they are left out, since the ledger has it all. */
const maxWaitingCount = 1_000;

/** How long the next notice waits for one that is slow to be sent, in milliseconds. */
const defaultPatienceMs = 5_000;

/** How long the process waits at its end for what is still to be sent, in milliseconds. */
const graceMs = 1_000;

/** What the notifier stands on. */
export interface NotifierOptions {
  notifications: NotificationService;
  reader: RunReader;
  freeze(id: string): Promise<Freeze | undefined>;
  logger: LoggerService;
  linkTo(runId: string): string;
  /** Default: 5 seconds. */
  patienceMs?: number;
}

/**
 * Tells people what happened, once it is on record, one after the other. A notice that takes long, because a chat system is
 * slow, holds the next one up for a few seconds only. Best effort: what cannot be sent is logged and left out, and no run
 * waits for it.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #underWay = new Set<Promise<void>>();
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;
  #isClosed = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** To be called after the commit. */
  tell(entry: NewLedgerEntry): void {
    if (this.#isClosed || !isNoticed(entry)) return;
    if (this.#waiting >= maxWaitingCount) {
      this.#options.logger.warn(`Too many notifications wait: nobody is told of ${entry.event} ${entry.runId ?? ''}`);
      return;
    }
    this.#waiting++;
    this.#tail = this.#tail.then(() => this.#sendPatiently(entry));
  }

  /** Takes nothing more, waits shortly for what is under way, and says how much is left out. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await atMost(graceMs, Promise.all([this.#tail, ...this.#underWay]));
    if (this.#waiting > 0)
      this.#options.logger.warn(`The process ends before people were told of all: ${this.#waiting}`);
  }

  /** Resolves when it is sent or takes too long; never rejects. */
  async #sendPatiently(entry: NewLedgerEntry): Promise<void> {
    const sending = this.#send(entry)
      .catch((error: unknown) => {
        this.#options.logger.warn(`Nobody could be told of ${entry.event} ${entry.runId ?? ''}`, safeError(error));
      })
      .finally(() => {
        this.#waiting--;
        this.#underWay.delete(sending);
      });
    this.#underWay.add(sending);
    await atMost(this.#options.patienceMs ?? defaultPatienceMs, sending);
  }

  async #send(entry: NewLedgerEntry): Promise<void> {
    const notice = await this.#noticeOf(entry);
    if (notice) await this.#options.notifications.send(notice);
  }

  async #noticeOf(entry: NewLedgerEntry): Promise<NotificationSendOptions | undefined> {
    const { reader, freeze, linkTo } = this.#options;
    const { event, runId, document } = entry;
    if (event === 'freeze-created' || event === 'freeze-ended') {
      const made = typeof document.id === 'string' ? await freeze(document.id) : undefined;
      return made && noticeOfFreeze(event, made);
    }
    const subject = runId === undefined ? undefined : await reader.findWithOwners(runId);
    return subject && noticeOfRun(entry, { ...subject, link: linkTo(subject.run.id) });
  }
}

/** Waits for something, but not for longer. */
async function atMost(timeoutMs: number, promise: Promise<unknown>): Promise<void> {
  const controller = new AbortController();
  const patience = setTimeout(timeoutMs, undefined, { signal: controller.signal }).catch(() => undefined);
  await Promise.race([promise, patience]);
  controller.abort();
}
