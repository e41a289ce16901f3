import { coreServices, createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { findingOfSystems, healthChecksServiceRef, type AreaFinding } from '@leitstand/plugin-kit-node';
import type { RolloutsErrorCode } from '@leitstand/plugin-rollouts-common';
import { KubernetesClient, type KubernetesClientOptions } from '../client/KubernetesClient';
import { loadKubernetesLibrary } from '../client/kubernetesLibrary';
import { readRolloutsConfig, type ClusterNotRead, type RolloutsConfig } from '../config';
import { ClusterReader, type ClusterReaderOptions } from '../reflector/ClusterReader';

/** All clusters that this process reads, with read-only credentials. */
export class ClusterReaders {
  readonly config: RolloutsConfig;
  readonly #readers: Map<string, ClusterReader>;

  private constructor(config: RolloutsConfig, readers: Map<string, ClusterReader>) {
    this.config = config;
    this.#readers = readers;
  }

  /** Reads nothing yet: a cluster is read while somebody holds a lease on it. */
  static fromConfig(config: Config, options: KubernetesClientOptions & ClusterReaderOptions = {}): ClusterReaders {
    const rolloutsConfig = readRolloutsConfig(config);
    const readers = rolloutsConfig.clusters.map(
      cluster => [cluster.name, new ClusterReader(KubernetesClient.create(cluster, options), options)] as const,
    );
    return new ClusterReaders(rolloutsConfig, new Map(readers));
  }

  get all(): ClusterReader[] {
    return [...this.#readers.values()];
  }

  get notRead(): ClusterNotRead[] {
    return this.config.notRead;
  }

  /** Of how many clusters the last word was a failure; asks none. */
  get health(): AreaFinding {
    const failing = this.all.filter(({ forList }) => forList.isFailing);
    return findingOfSystems({ count: this.all.length, failingCount: failing.length });
  }

  /** @throws NotFoundError with code `CLUSTER_UNKNOWN` or `CLUSTER_NOT_READ` */
  get(name: string): ClusterReader {
    const reader = this.#readers.get(name);
    if (reader) return reader;
    const notRead = this.notRead.find(cluster => cluster.name === name);
    throw notRead
      ? withCode<Error, RolloutsErrorCode>(
          new NotFoundError(`Cluster ${name} is not read. ${notRead.reason}`),
          'CLUSTER_NOT_READ',
        )
      : withCode<Error, RolloutsErrorCode>(
          new NotFoundError(`There is no cluster ${name} in kubernetes.clusterLocatorMethods.`),
          'CLUSTER_UNKNOWN',
        );
  }

  /** Ends everything that runs; resolves when it has. */
  async close(): Promise<void> {
    await Promise.all(this.all.map(reader => reader.close()));
  }
}

/** One per backend process: the plugin and the catalogue's module see the same copy of a cluster. */
export const clusterReadersServiceRef = createServiceRef<ClusterReaders>({
  id: 'leitstand.rollouts.cluster-readers',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        health: healthChecksServiceRef,
        lifecycle: coreServices.rootLifecycle,
      },
      async factory({ config, health, lifecycle }) {
        const readers = ClusterReaders.fromConfig(config);
        lifecycle.addShutdownHook(() => readers.close());
        if (readers.all.length === 0) return readers;
        health.add({ area: 'rollouts', check: async () => readers.health });
        await loadKubernetesLibrary();
        return readers;
      },
    }),
});
