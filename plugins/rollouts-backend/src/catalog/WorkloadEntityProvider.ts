import type { LoggerService, SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import type { Ownership } from '@leitstand/plugin-operations-node';
import { isExcluded } from '../config';
import type { ClusterReader } from '../reflector/ClusterReader';
import type { ClusterReaders } from '../services/ClusterReaders';
import { clusterEntity, workloadEntities, type DiscoveredWorkload } from './workloadEntities';

/** What the provider stands on. */
export interface WorkloadEntityProviderOptions {
  readers: ClusterReaders;
  ownership: Ownership;
  taskRunner: SchedulerServiceTaskRunner;
  logger: LoggerService;
  now?: () => number;
}

/** Longest time between two full mutations, in milliseconds; a full one also brings back what a withdrawn registration hid. */
const fullMutationEveryMs = 10 * 60_000;

/**
 * Tells the catalogue what runs on the clusters. Absent is not failed: what a cluster held stays until that cluster was
 * read again. Until each cluster was read once since the start, only additions are told, because a full mutation would
 * remove what an earlier process found on the others.
 */
export class WorkloadEntityProvider implements EntityProvider {
  readonly #options: WorkloadEntityProviderOptions;
  readonly #now: () => number;
  readonly #lastGood = new Map<string, DiscoveredWorkload[]>();
  readonly #leases = new Map<ClusterReader, Disposable>();
  readonly #reported = new Map<string, string>();
  #told = new Map<string, string>();
  #lastFullAt: number | undefined;
  #connection: EntityProviderConnection | undefined;

  constructor(options: WorkloadEntityProviderOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  getProviderName(): string {
    return 'rollouts-workloads';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.taskRunner.run({
      id: 'rollouts-workloads',
      fn: signal => this.refresh(signal),
    });
  }

  /** Reads the clusters and tells the catalogue what changed. */
  async refresh(signal: AbortSignal): Promise<void> {
    if (!this.#connection) throw new Error('The provider is not connected');
    await Promise.all(this.#options.readers.all.map(reader => this.#read(reader, signal)));
    const entities = this.#entities();
    const next = new Map(entities.map(entity => [stringifyEntityRef(entity), JSON.stringify(entity)]));
    if (this.#isComplete() && this.#isFullDue()) {
      await this.#connection.applyMutation({ type: 'full', entities: entities.map(entity => ({ entity })) });
      this.#lastFullAt = this.#now();
    } else {
      const added = entities.filter(entity => {
        const ref = stringifyEntityRef(entity);
        return this.#told.get(ref) !== next.get(ref);
      });
      const removed = [...this.#told.keys()].filter(ref => !next.has(ref));
      if (added.length === 0 && removed.length === 0) return;
      await this.#connection.applyMutation({
        type: 'delta',
        added: added.map(entity => ({ entity })),
        removed: removed.map(entityRef => ({ entityRef })),
      });
    }
    this.#told = next;
  }

  /** Lets go of the clusters. */
  close(): void {
    this.#leases.forEach(lease => lease[Symbol.dispose]());
    this.#leases.clear();
  }

  async #read(reader: ClusterReader, signal: AbortSignal): Promise<void> {
    if (!this.#leases.has(reader)) this.#leases.set(reader, reader.deployments.acquire());
    await reader.deployments.settled(signal);
    const { status, objects, problem } = reader.deployments.state;
    this.#report(reader.name, problem?.message);
    if (status !== 'live') return;
    this.#lastGood.set(
      reader.name,
      [...objects.values()]
        .filter(({ metadata }) => !isExcluded(metadata.namespace, this.#options.readers.config.excludedNamespaces))
        .map(object => ({ cluster: reader.name, object })),
    );
  }

  #entities(): Entity[] {
    const { readers, ownership } = this.#options;
    return [
      ...readers.all.map(({ name }) => clusterEntity(name, ownership)),
      ...workloadEntities([...this.#lastGood.values()].flat(), ownership),
    ];
  }

  #isComplete(): boolean {
    return this.#options.readers.all.every(({ name }) => this.#lastGood.has(name));
  }

  #isFullDue(): boolean {
    return this.#lastFullAt === undefined || this.#now() - this.#lastFullAt >= fullMutationEveryMs;
  }

  /** Once a problem, not once a look. */
  #report(cluster: string, problem: string | undefined): void {
    if (this.#reported.get(cluster) === problem) return;
    if (problem) {
      this.#reported.set(cluster, problem);
      this.#options.logger.warn(`The catalogue keeps the last known workloads. ${problem}`);
    } else {
      this.#reported.delete(cluster);
      this.#options.logger.info(`Cluster ${cluster} is read again.`);
    }
  }
}
