import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  CatalogTeller,
  StatusTeller,
  type EntityLookup,
  type EntitySession,
  type ProviderStatusStore,
} from '@leitstand/plugin-discovery-node';
import type { Ownership } from '@leitstand/plugin-operations-node';
import { Wakeup } from '../lib/Wakeup';
import type { ClusterReaders } from '../services/ClusterReaders';
import { ClusterDiscovery, type DiscoveredCluster } from './ClusterDiscovery';
import { workloadProviderName } from './workloadProviderName';
import { providerStatusesOf } from './providerStatus';
import { clusterEntity, surroundingRefsOf, workloadEntities } from './workloadEntities';

/** What a session stands on. */
export interface DiscoverySessionOptions {
  session: EntitySession;
  readers: ClusterReaders;
  ownership: Ownership;
  lookup: EntityLookup;
  statuses: ProviderStatusStore;
  logger: LoggerService;
  now: () => number;
  /** How long the first look waits for slow clusters, in milliseconds. Default: 5,000. */
  firstReadMs?: number;
}

/** How long changes are gathered before the catalogue is told, in milliseconds. */
const gatherMs = 500;

/** Tells the catalogue what runs on the clusters, as long as this process is the one that may. */
export class DiscoverySession implements Disposable {
  readonly #options: DiscoverySessionOptions;
  readonly #discoveries: ClusterDiscovery[];
  readonly #problems = new Map<string, string>();
  readonly #catalog: CatalogTeller;
  readonly #status: StatusTeller;

  constructor(options: DiscoverySessionOptions) {
    this.#options = options;
    const { readers, session, statuses, now } = options;
    this.#catalog = new CatalogTeller(session, now);
    this.#status = new StatusTeller(statuses, now);
    this.#discoveries = readers.all.map(reader => new ClusterDiscovery(reader, readers.config.catalog));
  }

  /** Goes on until the session's signal aborts, which is no error. @throws the catalogue's error when it does not take what it is told */
  async follow(): Promise<void> {
    const { signal } = this.#options.session;
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
    const { session, readers, lookup, ownership, now } = this.#options;
    const clusters = this.#discoveries.map(discovery => discovery.read(new Date(now())));
    clusters.forEach(cluster => this.#report(cluster));
    const workloads = clusters.flatMap(cluster => cluster.workloads);
    await lookup.ask(surroundingRefsOf(workloads, ownership));
    const surroundings = { ownership, lookup, fallbackSystem: readers.config.catalog.fallbackSystem };
    const entities = [
      ...clusters.map(({ cluster }) => clusterEntity(cluster, surroundings)),
      ...workloadEntities(workloads, surroundings),
    ];
    await this.#catalog.tell(
      entities.map(({ entity }) => entity),
      clusters.every(({ isKnown }) => isKnown),
    );
    const { notRead } = readers;
    const facts = { provider: workloadProviderName, clusters, entities, notRead, now: new Date(now()) };
    await this.#status.tell(session.held, providerStatusesOf(facts));
  }

  /** Lets go of the clusters. */
  [Symbol.dispose](): void {
    this.#discoveries.forEach(discovery => discovery[Symbol.dispose]());
  }

  async #settled(signal: AbortSignal): Promise<void> {
    const { firstReadMs = 5_000 } = this.#options;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(firstReadMs)]);
    try {
      await Promise.all(this.#discoveries.map(discovery => discovery.settled(patience)));
    } catch (error) {
      if (!patience.aborted) throw error;
    }
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
