import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { MlModelsErrorCode } from '@leitstand/plugin-ml-models-common';
import { BigQueryConnection } from '../client/BigQueryConnection';
import { readMlModelsConfig, readWritableConnections, type MlModelsConfig } from '../config';

/** The connections with credentials that may change things. Only the operations of this area have them. */
export class WritableConnections {
  readonly config: MlModelsConfig;
  readonly #connections: readonly BigQueryConnection[];

  private constructor(config: MlModelsConfig, connections: readonly BigQueryConnection[]) {
    this.config = config;
    this.#connections = connections;
  }

  static fromConfig(config: Config): WritableConnections {
    return new WritableConnections(
      readMlModelsConfig(config),
      readWritableConnections(config).map(connection => new BigQueryConnection(connection)),
    );
  }

  /** @throws InputError with code `DATASET_NOT_WRITABLE` */
  ofProject(project: string): BigQueryConnection {
    const found = this.#connections.find(({ config }) => config.projects.includes(project));
    if (found) return found;
    throw withCode<Error, MlModelsErrorCode>(
      new InputError(
        `The portal has no credentials to change anything in ${project}. Set operations.upstreams.bigquery.connections.`,
      ),
      'DATASET_NOT_WRITABLE',
    );
  }
}
