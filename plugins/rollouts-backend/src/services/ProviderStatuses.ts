import { createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import type { ProviderList } from '@leitstand/plugin-rollouts-common';

/** Says what catalogue providers last did. */
export interface ProviderStatusReader {
  list(): Promise<ProviderList>;
}

/**
 * Where the catalogue's module leaves its reader, and the area's routes find it. The status is in the catalogue's
 * database, which only plugins of the catalogue can open.
 */
class ProviderStatuses implements ProviderStatusReader {
  #reader: ProviderStatusReader | undefined;

  /** Called once, by the module that provides. */
  publish(reader: ProviderStatusReader): void {
    this.#reader = reader;
  }

  /** Empty where this process has no catalogue. */
  async list(): Promise<ProviderList> {
    return this.#reader ? this.#reader.list() : { items: [] };
  }
}

/** One per backend process. */
export const providerStatusesServiceRef = createServiceRef<ProviderStatuses>({
  id: 'leitstand.rollouts.provider-statuses',
  scope: 'root',
  defaultFactory: async service => createServiceFactory({ service, deps: {}, factory: () => new ProviderStatuses() }),
});
