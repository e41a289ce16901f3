import type bigquery from '@google-cloud/bigquery/build/src/types';
import { NotFoundError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import type { Observed } from '@leitstand/plugin-kit-node';
import {
  formatModelRef,
  type Freshness,
  type MlModelsErrorCode,
  type Model,
  type ModelRef,
} from '@leitstand/plugin-ml-models-common';
import { readModel, type ReadModel } from '../model/readModel';
import type { BigQueryConnections, ReadConnection } from './BigQueryConnections';
import type { EntityIndex } from './EntityIndex';

/** How old a model's resource may be that somebody looks at, in milliseconds. */
const modelAgeMs = 1_500;

/** Models as their resources say, which costs no query. */
export class ModelService {
  readonly #options: { connections: BigQueryConnections; entities: EntityIndex };

  constructor(options: { connections: BigQueryConnections; entities: EntityIndex }) {
    this.#options = options;
  }

  /** @throws NotFoundError with code `MODEL_NOT_FOUND` or `PROJECT_NOT_CONNECTED`; UpstreamError when it was never read */
  async get(ref: ModelRef): Promise<Model> {
    const [observed, entities] = await Promise.all([this.read(ref), this.#options.entities.read()]);
    const { servingOrigins } = this.#options.connections.config;
    const known = entities.get(formatModelRef(ref));
    return {
      ...observed.value,
      entityRef: known?.entityRef,
      serving: (known?.serving ?? []).map(service => ({ ...service, origin: servingOrigins.get(service.entityRef) })),
      freshness: freshnessOf(observed),
    };
  }

  /**
   * The resource alone.
   *
   * @param maxAgeMs - how old it may be, in milliseconds. Default: as for somebody who looks at it
   * @throws as {@link get}
   */
  async read(ref: ModelRef, maxAgeMs = modelAgeMs): Promise<Observed<ReadModel>> {
    const source = this.#options.connections.ofProject(ref.project);
    return source.reads.get(`model ${formatModelRef(ref)}`, {
      maxAgeMs,
      read: signal => readResource(source, ref, signal),
    });
  }

  /** Lets the next reader ask upstream; after something changed it. */
  forget(ref: ModelRef): void {
    this.#options.connections.ofProject(ref.project).reads.forget(`model ${formatModelRef(ref)}`);
  }
}

/** @throws NotFoundError with code `MODEL_NOT_FOUND`; UpstreamError */
export async function readResource(
  { connection }: ReadConnection,
  ref: ModelRef,
  signal: AbortSignal,
): Promise<ReadModel> {
  try {
    const resource = await connection.request<bigquery.IModel>({
      operation: `get the model ${formatModelRef(ref)}`,
      project: ref.project,
      path: `/datasets/${encodeURIComponent(ref.dataset)}/models/${encodeURIComponent(ref.model)}`,
      answerHas: 'modelReference',
      signal,
    });
    return readModel(resource, ref);
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'UPSTREAM_NOT_FOUND') throw modelNotFound(ref);
    throw error;
  }
}

/** How old an observed value is, for a reply. */
export function freshnessOf({ observedAt, staleBecause }: Observed<unknown>): Freshness {
  return { observedAt: observedAt.toISOString(), staleBecause };
}

function modelNotFound(ref: ModelRef): Error {
  return withCode<Error, MlModelsErrorCode>(
    new NotFoundError(`There is no model ${formatModelRef(ref)} in BigQuery, or the portal's account may not see it.`),
    'MODEL_NOT_FOUND',
  );
}
