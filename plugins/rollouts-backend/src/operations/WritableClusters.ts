import type { Config } from '@backstage/config';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { RolloutsErrorCode } from '@leitstand/plugin-rollouts-common';
import { KubernetesClient, type KubernetesClientOptions } from '../client/KubernetesClient';
import { readRolloutsConfig, readWritableClusters } from '../config';

/** The clusters with the credentials that may change things. Only the operations of this area hold them. */
export class WritableClusters {
  readonly #clients: Map<string, KubernetesClient>;
  readonly #known: Set<string>;

  private constructor(clients: Map<string, KubernetesClient>, known: Set<string>) {
    this.#clients = clients;
    this.#known = known;
  }

  static fromConfig(config: Config, options: KubernetesClientOptions = {}): WritableClusters {
    const { clusters, notRead } = readRolloutsConfig(config);
    const writable = readWritableClusters(config).map(
      cluster => [cluster.name, KubernetesClient.create(cluster, options)] as const,
    );
    return new WritableClusters(new Map(writable), new Set([...clusters, ...notRead].map(({ name }) => name)));
  }

  /** @throws NotFoundError with code `CLUSTER_UNKNOWN`; NotAllowedError with code `CLUSTER_NOT_WRITABLE` */
  get(name: string): KubernetesClient {
    const client = this.#clients.get(name);
    if (client) return client;
    throw this.#known.has(name)
      ? withCode<Error, RolloutsErrorCode>(
          new NotAllowedError(
            `Nothing can be changed on cluster ${name}: operations.upstreams.kubernetes.clusters has no serviceAccountToken for it.`,
          ),
          'CLUSTER_NOT_WRITABLE',
        )
      : withCode<Error, RolloutsErrorCode>(
          new NotFoundError(`There is no cluster ${name} in kubernetes.clusterLocatorMethods.`),
          'CLUSTER_UNKNOWN',
        );
  }

  /** Ends every request and connection. */
  close(): void {
    this.#clients.forEach(client => client.close());
  }
}
