import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  formatModelRef,
  type MlModelsErrorCode,
  type ModelRef,
  type Residuals,
} from '@leitstand/plugin-ml-models-common';
import { residualsQuery } from '../model/residualsQuery';
import type { BigQueryConnections } from './BigQueryConnections';
import { findTrainingQuery, readsNoOthers } from './findTrainingQuery';
import type { ModelService } from './ModelService';
import type { QueryService } from './QueryService';

/** How long the query of a training is remembered, in milliseconds; it is looked for in lists of jobs. */
const rememberedMs = 60_000;

/** Compares what a model predicts with what was so, on the rows that its last training would read today. */
export class ResidualService {
  readonly #options: { connections: BigQueryConnections; models: ModelService; queries: QueryService };

  constructor(options: { connections: BigQueryConnections; models: ModelService; queries: QueryService }) {
    this.#options = options;
  }

  /**
   * One query, billed. It reads what the training read and nothing else: the portal's account may read more than whoever
   * trained, who could have put a view in the place of a table since.
   *
   * @throws InputError when it is no regression, or with code `BYTES_LIMIT_EXCEEDED`, `QUERY_INVALID` or
   * `QUERY_NOT_SELECT`; NotAllowedError when it would read other tables than the training; NotFoundError with code `TRAINING_QUERY_UNKNOWN`, `MODEL_NOT_FOUND` or `PROJECT_NOT_CONNECTED`;
   * UpstreamError
   */
  async get(ref: ModelRef, signal: AbortSignal): Promise<Residuals> {
    const { connections, models, queries } = this.#options;
    const { value: model } = await models.read(ref);
    const name = formatModelRef(ref);
    if (model.type !== 'LINEAR_REGRESSION' || model.label === undefined) {
      throw new InputError(`${name} is of the type ${model.type}; there are residuals of a linear regression only.`);
    }
    const source = connections.ofProject(ref.project);
    const { value: training } = await source.reads.get(`training ${name} ${model.modifiedAt}`, {
      maxAgeMs: rememberedMs,
      read: shared => findTrainingQuery(source.connection, ref, shared),
    });
    if (training === undefined) throw trainingQueryUnknown(name);
    const operation = `read the residuals of ${name}`;
    const query = residualsQuery({ ref, features: model.features, label: model.label, trainedOn: training.sql });
    // The text of the training comes from the list of jobs: only what is a SELECT as a whole is run.
    const { statementType, tables } = await queries.dryRun(source, query, { operation, signal });
    if (statementType !== 'SELECT') throw notSelect(name);
    if (!readsNoOthers(tables, training)) throw readsOthers(name);
    const { rows, job } = await queries.run(source, query, { operation, signal });
    const points = rows.map(row => ({ actual: Number(row.actual), predicted: Number(row.predicted) }));
    return {
      points: points.filter(({ actual, predicted }) => Number.isFinite(actual) && Number.isFinite(predicted)),
      bytesBilled: job.bytesBilled,
    };
  }
}

function trainingQueryUnknown(name: string): Error {
  return withCode<Error, MlModelsErrorCode>(
    new NotFoundError(
      `What ${name} was trained on is not known: BigQuery does not remember the job, or does not show it.`,
    ),
    'TRAINING_QUERY_UNKNOWN',
  );
}

function readsOthers(name: string): Error {
  return new NotAllowedError(
    `What ${name} was trained on reads other tables today than it did then. Train it anew to compare with them.`,
  );
}

function notSelect(name: string): Error {
  return withCode<Error, MlModelsErrorCode>(
    new InputError(`What ${name} was trained on is no SELECT.`),
    'QUERY_NOT_SELECT',
  );
}
