import { createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import type { ProviderList } from '@leitstand/plugin-kit-common';

/** Says what a catalogue provider last did. */
export interface ProviderStatusReader {
  list(): Promise<ProviderList>;
}

/**
 * Where the catalogue's modules leave their readers, and a route finds them. The statuses are in the catalogue's database,
 * which only plugins of the catalogue can open.
 */
export class ProviderStatuses implements ProviderStatusReader {
  readonly #readers: ProviderStatusReader[] = [];

  /** Called once by each module that provides. */
  publish(reader: ProviderStatusReader): void {
    this.#readers.push(reader);
  }

  /** Empty where this process has no catalogue. */
  async list(): Promise<ProviderList> {
    const lists = await Promise.all(this.#readers.map(reader => reader.list()));
    return { items: lists.flatMap(({ items }) => items), writers: lists.flatMap(({ writers }) => writers) };
  }
}

/** One per backend process. */
export const providerStatusesServiceRef = createServiceRef<ProviderStatuses>({
  id: 'leitstand.discovery.provider-statuses',
  scope: 'root',
  defaultFactory: async service => createServiceFactory({ service, deps: {}, factory: () => new ProviderStatuses() }),
});
