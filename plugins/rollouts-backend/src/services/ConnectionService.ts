import type { Config } from '@backstage/config';
import type { Connection, ConnectionList } from '@leitstand/plugin-kit-common';
import type { KubernetesClientOptions } from '../client/KubernetesClient';
import { readRolloutsConfig, readWritableClusters, type ClusterNotRead } from '../config';
import { ClusterConnection } from './ClusterConnection';

/** How the portal is connected to every cluster that the configuration names. */
export interface ConnectionService {
  /** Never throws for one cluster. `refresh`: check now, unless that was done a few seconds ago. */
  list(options: { refresh: boolean }): Promise<ConnectionList>;
}

/** Asks each cluster with each set of credentials; clusters that are not read are listed with the reason. */
export class DefaultConnectionService implements ConnectionService {
  readonly #connections: readonly ClusterConnection[];
  readonly #notRead: readonly ClusterNotRead[];

  private constructor(connections: readonly ClusterConnection[], notRead: readonly ClusterNotRead[]) {
    this.#connections = connections;
    this.#notRead = notRead;
  }

  static fromConfig(
    config: Config,
    options: KubernetesClientOptions & { now?: () => Date } = {},
  ): DefaultConnectionService {
    const { clusters, notRead } = readRolloutsConfig(config);
    const writable = new Map(readWritableClusters(config).map(cluster => [cluster.name, cluster]));
    const connections = clusters.map(
      read => new ClusterConnection({ ...options, read, operate: writable.get(read.name) }),
    );
    return new DefaultConnectionService(connections, notRead);
  }

  async list(options: { refresh: boolean }): Promise<ConnectionList> {
    const items = await Promise.all(this.#connections.map(connection => connection.get(options)));
    return { items: [...items, ...this.#notRead.map(describeNotRead)] };
  }

  /** Ends every request and connection. */
  close(): void {
    this.#connections.forEach(connection => connection.close());
  }
}

function describeNotRead({ name, reason }: ClusterNotRead): Connection {
  return {
    system: 'Kubernetes',
    name,
    address: '',
    state: 'not-configured',
    credentials: [{ use: 'read', problem: reason, rights: [] }],
    checkedAt: new Date().toISOString(),
  };
}
