import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { safeError } from '@leitstand/plugin-kit-node';
import { PollLoop } from '../execution/PollLoop';
import type { FrozenTargets } from '../services/FrozenTargets';
import type { FreezeService } from './FreezeService';

/** What the confirmation stands on. */
export interface FreezeConfirmationOptions {
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  freezes: Pick<FreezeService, 'listUnconfirmed' | 'confirm'>;
  frozenTargets: Pick<FrozenTargets, 'find'>;
  logger: LoggerService;
  /** How often upstreams are asked again, in milliseconds. Default: 3,000. */
  everyMs?: number;
}

/** Asks upstream again what the entities of freezes stand for that were made while it did not answer. */
export class FreezeConfirmation {
  readonly #options: FreezeConfirmationOptions;
  readonly #loop: PollLoop;
  readonly #closed = new AbortController();

  constructor(options: FreezeConfirmationOptions) {
    this.#options = options;
    this.#loop = new PollLoop({
      act: () => this.#confirmAll(),
      onError: error => options.logger.error('Freezes cannot be confirmed', safeError(error)),
      everyMs: options.everyMs ?? 3_000,
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Resolves when nothing is asked any more. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#loop.stop();
  }

  async #confirmAll(): Promise<void> {
    const { freezes, logger } = this.#options;
    for (const { freeze, targetKeys } of await freezes.listUnconfirmed()) {
      try {
        await this.#confirm(freeze.id, { entityRef: freeze.scope.entityRef ?? '', targetKeys });
      } catch (error) {
        if (this.#closed.signal.aborted) return;
        logger.error(`The freeze ${freeze.id} cannot be confirmed`, safeError(error));
      }
    }
  }

  /** What was found when the freeze was made stays frozen. */
  async #confirm(id: string, known: { entityRef: string; targetKeys: string[] }): Promise<void> {
    const { auth, freezes, frozenTargets, logger } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const { signal } = this.#closed;
    const found = await frozenTargets.find(known.entityRef, { credentials, signal });
    if (found.unconfirmed) return;
    const targetKeys = [...new Set([...known.targetKeys, ...found.targetKeys])];
    if (await freezes.confirm(id, targetKeys)) logger.info(`The freeze ${id} is confirmed upstream`);
  }
}
