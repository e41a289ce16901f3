import { InputError } from '@backstage/errors';
import { errorCodeOf, withCode } from '@leitstand/plugin-kit-common';
import {
  formatModelRef,
  type Estimate,
  type MlModelsErrorCode,
  type ModelRef,
  type Predictions,
  type PredictRequest,
  type RecentPrediction,
} from '@leitstand/plugin-ml-models-common';
import { randomUUID } from 'node:crypto';
import type { RecentPredictions } from '../database/RecentPredictions';
import { predictQuery, readPredictions } from '../model/predictQuery';
import type { ReadModel } from '../model/readModel';
import type { BigQueryConnections } from './BigQueryConnections';
import type { ModelService } from './ModelService';
import type { QueryService } from './QueryService';

/** What the service stands on. */
export interface PredictionServiceOptions {
  connections: BigQueryConnections;
  models: ModelService;
  queries: QueryService;
  recent: RecentPredictions;
}

/**
 * How old what is known of a model's features may be, in milliseconds: asking each time would make a prediction two calls.
 * They change only with a training of other columns, which a refused query tells.
 */
const featuresAgeMs = 5 * 60_000;

/** A request after parsing. */
export type PredictOrder = Required<Pick<PredictRequest, 'rows' | 'explain'>> & Pick<PredictRequest, 'threshold'>;

/** Asks models. A prediction is one job upstream. */
export class PredictionService {
  readonly #options: PredictionServiceOptions;

  constructor(options: PredictionServiceOptions) {
    this.#options = options;
  }

  /** @throws as {@link predict}; runs nothing */
  async estimate(ref: ModelRef, order: PredictOrder, signal: AbortSignal): Promise<Estimate> {
    const { connections, queries } = this.#options;
    const model = await this.#known(ref);
    const query = predictQuery({ ref, features: model.features, ...order, threshold: order.threshold });
    const operation = `estimate a prediction of ${formatModelRef(ref)}`;
    return (await queries.dryRun(connections.ofProject(ref.project), query, { operation, signal })).estimate;
  }

  /**
   * @throws InputError with code `FEATURE_VALUE_INVALID`, `MODEL_TYPE_READ_ONLY` or `BYTES_LIMIT_EXCEEDED`; NotFoundError
   * with code `MODEL_NOT_FOUND` or `PROJECT_NOT_CONNECTED`; UpstreamError
   */
  async predict(
    ref: ModelRef,
    order: PredictOrder,
    { person, signal }: { person: string; signal: AbortSignal },
  ): Promise<Predictions> {
    const { connections, queries, recent } = this.#options;
    const model = await this.#known(ref);
    const label = model.label ?? 'label';
    const query = predictQuery({ ref, features: model.features, ...order, threshold: order.threshold });
    const startedAt = performance.now();
    const operation = `predict with ${formatModelRef(ref)}`;
    const source = connections.ofProject(ref.project);
    const { rows, job } = await queries.run(source, query, { operation, signal }).catch((error: unknown) => {
      if (errorCodeOf(error) === 'QUERY_INVALID') this.#options.models.forget(ref);
      throw error;
    });
    const answer: Predictions = {
      id: randomUUID(),
      label,
      predictions: readPredictions(rows, { label, rows: order.rows }),
      job,
      durationMs: performance.now() - startedAt,
      createdAt: new Date().toISOString(),
    };
    await recent.add({ person, model: formatModelRef(ref) }, answer);
    return answer;
  }

  /** The person's own, newest first. */
  listRecent(ref: ModelRef, person: string): Promise<RecentPrediction[]> {
    return this.#options.recent.list(person, formatModelRef(ref));
  }

  async #known(ref: ModelRef): Promise<ReadModel> {
    const { value: model } = await this.#options.models.read(ref, featuresAgeMs);
    if (model.isKnownType) return model;
    throw withCode<Error, MlModelsErrorCode>(
      new InputError(`${formatModelRef(ref)} is a model of the type ${model.type}, which the portal only shows.`),
      'MODEL_TYPE_READ_ONLY',
    );
  }
}
