import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import type { DatabaseLease, HeldLease } from '@leitstand/plugin-kit-node';
import { setTimeout as delay } from 'node:timers/promises';

/** What a provider stands on. */
export interface LeasedEntityProviderOptions {
  /** In the catalogue. */
  name: string;
  /** Held by the one process that may write. */
  lease: DatabaseLease;
  /** Before it begins. */
  initialDelaySeconds: number;
  /** Tells the catalogue what there is until the signal aborts, which is no error. */
  follow(session: EntitySession): Promise<void>;
}

/** The time in which this process may write. */
export interface EntitySession {
  connection: Pick<EntityProviderConnection, 'applyMutation'>;
  held: HeldLease;
  signal: AbortSignal;
}

/**
 * Puts what an area discovers into the catalogue. Of all processes on one database the one that holds the lease does so;
 * the others do not even read upstream for it.
 */
export class LeasedEntityProvider implements EntityProvider {
  readonly #options: LeasedEntityProviderOptions;
  readonly #closing = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(options: LeasedEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return this.#options.name;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#work = this.#provide(connection);
  }

  /** Gives the lease back; resolves when nothing of it runs any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }

  async #provide(connection: EntityProviderConnection): Promise<void> {
    const { signal } = this.#closing;
    const { lease, initialDelaySeconds, follow } = this.#options;
    await delay(initialDelaySeconds * 1000, undefined, { signal }).catch(() => undefined);
    await lease.keep((held, heldSignal) => follow({ connection, held, signal: heldSignal }), signal);
  }
}
