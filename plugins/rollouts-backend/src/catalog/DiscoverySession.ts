import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { EntityProviderConnection, EntityProviderMutation } from '@backstage/plugin-catalog-node';
import type { HeldLease } from '@leitstand/plugin-kit-node';
import type { Ownership } from '@leitstand/plugin-operations-node';
import type { ProviderStatus } from '@leitstand/plugin-rollouts-common';
import { Wakeup } from '../lib/Wakeup';
import type { ClusterReaders } from '../services/ClusterReaders';
import { ClusterDiscovery, type DiscoveredCluster } from './ClusterDiscovery';
import type { EntityLookup } from './EntityLookup';
import { providerStatusesOf } from './providerStatus';
import type { ProviderStatusStore } from './ProviderStatusStore';
import { clusterEntity, surroundingRefsOf, workloadEntities, type DiscoveredEntity } from './workloadEntities';

/** What a session stands on. */
export interface DiscoverySessionOptions {
  provider: string;
  connection: Pick<EntityProviderConnection, 'applyMutation'>;
  held: HeldLease;
  readers: ClusterReaders;
  ownership: Ownership;
  lookup: EntityLookup;
  statuses: ProviderStatusStore;
  logger: LoggerService;
  now: () => number;
}

/** Longest time between two full mutations, in milliseconds; a full one also brings back what a withdrawn registration hid. */
const fullMutationEveryMs = 10 * 60_000;
/** How long the first look waits for slow clusters, in milliseconds. */
const firstReadMs = 5_000;
/** How long changes are gathered before the catalogue is told, in milliseconds. */
const gatherMs = 500;
/** Longest time between two statuses that say the same, in milliseconds. */
const statusEveryMs = 15_000;

/**
 * Tells the catalogue what runs on the clusters, as long as this process is the one that may. Until each cluster was read
 * once, only additions are told, because a full mutation would remove what an earlier process found on the others.
 */
export class DiscoverySession implements Disposable {
  readonly #options: DiscoverySessionOptions;
  readonly #discoveries: ClusterDiscovery[];
  readonly #problems = new Map<string, string>();
  #told = new Map<string, string>();
  #lastFullAt: number | undefined;
  #lastStatus: { text: string; at: number } | undefined;

  constructor(options: DiscoverySessionOptions) {
    this.#options = options;
    const { readers } = options;
    this.#discoveries = readers.all.map(reader => new ClusterDiscovery(reader, readers.config.catalog));
  }

  /** Goes on until the signal aborts, which is no error. @throws the catalogue's error when it does not take what it is told */
  async follow(signal: AbortSignal): Promise<void> {
    const wakeup = new Wakeup();
    const stops = this.#discoveries.map(discovery => discovery.onChange(() => wakeup.call()));
    const longestMs = this.#options.readers.config.catalog.frequencySeconds * 1000;
    try {
      await this.#settled(signal);
      while (!signal.aborted) {
        await this.tell();
        await wakeup.next({ gatherMs, longestMs }, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      stops.forEach(stop => stop());
    }
  }

  /** Tells the catalogue what changed, and everybody how it stands. @throws ConflictError when the lease is lost */
  async tell(): Promise<void> {
    const { held, connection, readers, lookup, ownership, statuses, provider, now } = this.#options;
    const clusters = this.#discoveries.map(discovery => discovery.read(new Date(now())));
    clusters.forEach(cluster => this.#report(cluster));
    const workloads = clusters.flatMap(cluster => cluster.workloads);
    await lookup.ask(surroundingRefsOf(workloads, ownership));
    const surroundings = { ownership, lookup, fallbackSystem: readers.config.catalog.fallbackSystem };
    const entities = [
      ...clusters.map(({ cluster }) => clusterEntity(cluster, surroundings)),
      ...workloadEntities(workloads, surroundings),
    ];
    const next = new Map(entities.map(({ ref, entity }) => [ref, JSON.stringify(entity)]));
    const mutation = this.#mutationFor(clusters, entities, next);
    if (mutation) {
      await held.assertHeld();
      await connection.applyMutation(mutation);
      if (mutation.type === 'full') this.#lastFullAt = now();
      this.#told = next;
    }
    const { notRead } = readers;
    const items = providerStatusesOf({ provider, clusters, entities, notRead, now: new Date(now()) });
    if (this.#isStatusDue(items)) await statuses.replace(held, provider, items);
  }

  /** Lets go of the clusters. */
  [Symbol.dispose](): void {
    this.#discoveries.forEach(discovery => discovery[Symbol.dispose]());
  }

  async #settled(signal: AbortSignal): Promise<void> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(firstReadMs)]);
    try {
      await Promise.all(this.#discoveries.map(discovery => discovery.settled(patience)));
    } catch (error) {
      if (!patience.aborted) throw error;
    }
  }

  #mutationFor(
    clusters: readonly DiscoveredCluster[],
    entities: readonly DiscoveredEntity[],
    next: ReadonlyMap<string, string>,
  ): EntityProviderMutation | undefined {
    const isFullDue = this.#lastFullAt === undefined || this.#options.now() - this.#lastFullAt >= fullMutationEveryMs;
    if (isFullDue && clusters.every(({ isKnown }) => isKnown)) {
      return { type: 'full', entities: entities.map(({ entity }) => deferred(entity)) };
    }
    const added = entities.filter(({ ref }) => this.#told.get(ref) !== next.get(ref));
    const removed = [...this.#told.keys()].filter(ref => !next.has(ref));
    if (added.length === 0 && removed.length === 0) return undefined;
    return {
      type: 'delta',
      added: added.map(({ entity }) => deferred(entity)),
      removed: removed.map(entityRef => ({ entityRef })),
    };
  }

  #isStatusDue(items: readonly ProviderStatus[]): boolean {
    const text = JSON.stringify(items, (key, value) => (/^last\w+At$/.test(key) ? undefined : value));
    const now = this.#options.now();
    if (this.#lastStatus?.text === text && now - this.#lastStatus.at < statusEveryMs) return false;
    this.#lastStatus = { text, at: now };
    return true;
  }

  /** Once a problem, not once a look. */
  #report({ cluster, error }: DiscoveredCluster): void {
    if (this.#problems.get(cluster) === error?.message) return;
    if (error) {
      this.#problems.set(cluster, error.message);
      this.#options.logger.warn(`The catalogue keeps the last known workloads. ${error.message}`);
    } else {
      this.#problems.delete(cluster);
      this.#options.logger.info(`Cluster ${cluster} is read again.`);
    }
  }
}

/** Without a location key: a registered entity of the same name wins. */
function deferred(entity: Entity): { entity: Entity } {
  return { entity };
}
