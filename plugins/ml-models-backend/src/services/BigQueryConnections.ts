import { coreServices, createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  findingOfSystems,
  healthChecksServiceRef,
  recordCacheAnswer,
  SharedReads,
  type AreaFinding,
} from '@leitstand/plugin-kit-node';
import type { MlModelsErrorCode } from '@leitstand/plugin-ml-models-common';
import { BigQueryConnection } from '../client/BigQueryConnection';
import { readMlModelsConfig, type MlModelsConfig } from '../config';

/** A connection with what its readers share. */
export interface ReadConnection {
  connection: BigQueryConnection;
  reads: SharedReads;
}

/** All connections with read credentials, one cache each. */
export class BigQueryConnections {
  readonly config: MlModelsConfig;
  readonly #connections: Map<string, ReadConnection>;

  private constructor(config: MlModelsConfig) {
    this.config = config;
    this.#connections = new Map(
      config.connections.map(connection => [
        connection.name,
        {
          connection: new BigQueryConnection(connection),
          reads: new SharedReads({ onAnswer: answer => recordCacheAnswer('bigquery', answer) }),
        },
      ]),
    );
  }

  static fromConfig(config: Config): BigQueryConnections {
    return new BigQueryConnections(readMlModelsConfig(config));
  }

  get all(): ReadConnection[] {
    return [...this.#connections.values()];
  }

  /** Of how many connections the last word was a failure; asks none. */
  get health(): AreaFinding {
    const failing = this.all.filter(({ connection }) => connection.isFailing);
    return findingOfSystems({ count: this.all.length, failingCount: failing.length });
  }

  /** @throws NotFoundError with code `CONNECTION_UNKNOWN` */
  get(name: string): ReadConnection {
    const found = this.#connections.get(name);
    if (found) return found;
    throw withCode<Error, MlModelsErrorCode>(
      new NotFoundError(`There is no connection ${name} in mlModels.connections.`),
      'CONNECTION_UNKNOWN',
    );
  }

  /**
   * The first connection that reads a project.
   *
   * @throws NotFoundError with code `PROJECT_NOT_CONNECTED`
   */
  ofProject(project: string): ReadConnection {
    const found = this.all.find(({ connection }) => connection.config.projects.includes(project));
    if (found) return found;
    throw withCode<Error, MlModelsErrorCode>(
      new NotFoundError(`No connection reads the project ${project}. Name it in mlModels.connections[].projects.`),
      'PROJECT_NOT_CONNECTED',
    );
  }

  /** Ends what is being read. */
  close(): void {
    this.all.forEach(({ reads }) => reads.close());
  }
}

/** One per backend process: the plugin and the catalogue's module share what was read. */
export const bigQueryConnectionsServiceRef = createServiceRef<BigQueryConnections>({
  id: 'leitstand.ml-models.bigquery-connections',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        health: healthChecksServiceRef,
        lifecycle: coreServices.rootLifecycle,
      },
      factory({ config, health, lifecycle }) {
        const connections = BigQueryConnections.fromConfig(config);
        if (connections.all.length > 0) health.add({ area: 'ml-models', check: async () => connections.health });
        lifecycle.addShutdownHook(() => connections.close());
        return connections;
      },
    }),
});
