import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import type { DatabaseLease } from '@leitstand/plugin-kit-node';
import { delayUnlessAborted } from '../lib/delayUnlessAborted';
import { DiscoverySession, type DiscoverySessionOptions } from './DiscoverySession';

/** What the provider stands on. */
export interface WorkloadEntityProviderOptions extends Omit<
  DiscoverySessionOptions,
  'provider' | 'connection' | 'held' | 'now'
> {
  /** Held by the one process that may write. */
  lease: DatabaseLease;
  now?: () => number;
}

/** Name of the provider in the catalogue, and of its lease. */
export const workloadProviderName = 'rollouts-workloads';

/**
 * Puts what runs on the clusters into the catalogue. Of all processes on one database the one that holds the lease does
 * so; the others do not even read the clusters for it.
 */
export class WorkloadEntityProvider implements EntityProvider {
  readonly #options: WorkloadEntityProviderOptions;
  readonly #closing = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(options: WorkloadEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return workloadProviderName;
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
    const { lease, readers, now = Date.now } = this.#options;
    await delayUnlessAborted(readers.config.catalog.initialDelaySeconds * 1000, signal).catch(() => undefined);
    await lease.keep(async (held, heldSignal) => {
      using session = new DiscoverySession({
        ...this.#options,
        provider: workloadProviderName,
        connection,
        held,
        now,
      });
      await session.follow(heldSignal);
    }, signal);
  }
}
