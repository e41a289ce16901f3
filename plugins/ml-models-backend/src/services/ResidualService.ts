import { InputError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  formatModelRef,
  type MlModelsErrorCode,
  type ModelRef,
  type Residuals,
} from '@leitstand/plugin-ml-models-common';
import { residualsQuery } from '../model/residualsQuery';
import type { BigQueryConnections } from './BigQueryConnections';
import { findTrainingQuery } from './findTrainingQuery';
import type { ModelService } from './ModelService';
import type { QueryService } from './QueryService';

/** Compares what a model predicts with what was so, on the rows that its last training would read today. */
export class ResidualService {
  readonly #options: { connections: BigQueryConnections; models: ModelService; queries: QueryService };

  constructor(options: { connections: BigQueryConnections; models: ModelService; queries: QueryService }) {
    this.#options = options;
  }

  /**
   * One query, billed.
   *
   * @throws InputError when it is no regression, or with code `BYTES_LIMIT_EXCEEDED`, `QUERY_INVALID` or
   * `QUERY_NOT_SELECT`; NotFoundError with code `TRAINING_QUERY_UNKNOWN`, `MODEL_NOT_FOUND` or `PROJECT_NOT_CONNECTED`;
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
    const trainedOn = await findTrainingQuery(source.connection, ref, signal);
    if (trainedOn === undefined) throw trainingQueryUnknown(name);
    const operation = `read the residuals of ${name}`;
    const query = residualsQuery({ ref, features: model.features, label: model.label, trainedOn });
    // The text of the training comes from the list of jobs: only what is a SELECT as a whole is run.
    const { statementType } = await queries.dryRun(source, query, { operation, signal });
    if (statementType !== 'SELECT') throw notSelect(name);
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

function notSelect(name: string): Error {
  return withCode<Error, MlModelsErrorCode>(
    new InputError(`What ${name} was trained on is no SELECT.`),
    'QUERY_NOT_SELECT',
  );
}
