import { coreServices, createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import type { ProviderList } from '@leitstand/plugin-kit-common';
import { findingOfSystems, healthChecksServiceRef, observeGauge } from '@leitstand/plugin-kit-node';

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

/** Seconds since each source was last read completely, as metric `leitstand.provider.age`; a source never read has none. */
function observeAge(statuses: ProviderStatuses): Disposable {
  return observeGauge({
    name: 'leitstand.provider.age',
    description: 'Since a source of the catalogue was last read completely',
    unit: 's',
    read: async () =>
      (await statuses.list()).items.flatMap(({ provider, source, lastCompleteAt }) =>
        lastCompleteAt
          ? [{ value: (Date.now() - Date.parse(lastCompleteAt)) / 1000, attributes: { provider, source } }]
          : [],
      ),
  });
}

/** One per backend process. */
export const providerStatusesServiceRef = createServiceRef<ProviderStatuses>({
  id: 'leitstand.discovery.provider-statuses',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { lifecycle: coreServices.rootLifecycle, health: healthChecksServiceRef },
      factory({ lifecycle, health }) {
        const statuses = new ProviderStatuses();
        const age = observeAge(statuses);
        health.add({
          area: 'catalog-sources',
          async check() {
            const { items } = await statuses.list();
            return findingOfSystems({ count: items.length, failingCount: items.filter(({ error }) => error).length });
          },
        });
        lifecycle.addShutdownHook(() => age[Symbol.dispose]());
        return statuses;
      },
    }),
});
