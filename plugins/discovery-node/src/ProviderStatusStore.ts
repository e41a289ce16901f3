import { providerStatusSchema, type ProviderList, type ProviderStatus } from '@leitstand/plugin-kit-common';
import type { DatabaseLease, HeldLease } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';

/** What the store stands on. */
export interface ProviderStatusStoreOptions {
  knex: Knex;
  /** Name of the provider. */
  provider: string;
  /** The provider's. */
  lease: DatabaseLease;
}

/** Where the process that writes to the catalogue says how it goes, so that every process can tell. One for each provider. */
export class ProviderStatusStore {
  readonly #options: ProviderStatusStoreOptions;

  constructor(options: ProviderStatusStoreOptions) {
    this.#options = options;
  }

  /** Takes the place of everything that was said. @throws ConflictError when the lease is lost */
  async replace(held: HeldLease, statuses: readonly ProviderStatus[]): Promise<void> {
    const { knex, provider } = this.#options;
    await knex.transaction(async transaction => {
      await held.assertHeld(transaction);
      await transaction('leitstand_provider_status').where({ provider }).delete();
      if (statuses.length === 0) return;
      await transaction('leitstand_provider_status').insert(
        statuses.map(status => ({ provider, source: status.source, document: JSON.stringify(status) })),
      );
    });
  }

  /** What was said last, by source. */
  async list(): Promise<ProviderList> {
    const { knex, provider, lease } = this.#options;
    const rows = await knex<{ provider: string; document: string }>('leitstand_provider_status')
      .where({ provider })
      .orderBy('source')
      .select('document');
    const holder = await lease.findHolder();
    return {
      items: rows.map(({ document }) => providerStatusSchema.parse(JSON.parse(document))),
      writers: holder ? [{ provider, process: holder.holder, until: holder.until.toISOString() }] : [],
    };
  }
}
