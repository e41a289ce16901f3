import type { DatabaseLease, HeldLease } from '@leitstand/plugin-kit-node';
import { providerStatusSchema, type ProviderList, type ProviderStatus } from '@leitstand/plugin-rollouts-common';
import type { Knex } from 'knex';

/** Where the process that writes to the catalogue says how it goes, so that every process can tell. */
export class ProviderStatusStore {
  readonly #knex: Knex;
  readonly #lease: DatabaseLease;

  constructor(knex: Knex, lease: DatabaseLease) {
    this.#knex = knex;
    this.#lease = lease;
  }

  /** Takes the place of everything that was said of these statuses' provider. @throws ConflictError when the lease is lost */
  async replace(held: HeldLease, provider: string, statuses: readonly ProviderStatus[]): Promise<void> {
    await this.#knex.transaction(async transaction => {
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
    const rows = await this.#knex<{ document: string }>('leitstand_provider_status')
      .orderBy(['provider', 'source'])
      .select('document');
    const holder = await this.#lease.findHolder();
    return {
      items: rows.map(({ document }) => providerStatusSchema.parse(JSON.parse(document))),
      writer: holder && { process: holder.holder, until: holder.until.toISOString() },
    };
  }
}
