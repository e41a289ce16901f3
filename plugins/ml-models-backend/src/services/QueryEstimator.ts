import { InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { MlModelsErrorCode, QueryEstimate, QueryEstimateRequest } from '@leitstand/plugin-ml-models-common';
import type { BigQueryConnections } from './BigQueryConnections';
import type { QueryService } from './QueryService';

/** Says what a query that a person wrote would read and return; runs nothing. */
export class QueryEstimator {
  readonly #options: { connections: BigQueryConnections; queries: QueryService };

  constructor(options: { connections: BigQueryConnections; queries: QueryService }) {
    this.#options = options;
  }

  /**
   * @throws InputError with code `QUERY_NOT_SELECT` or `QUERY_INVALID`; NotFoundError with code `PROJECT_NOT_CONNECTED`;
   * UpstreamError
   */
  async estimate({ project, query }: QueryEstimateRequest, signal: AbortSignal): Promise<QueryEstimate> {
    const { connections, queries } = this.#options;
    const operation = 'estimate a query';
    const dryRun = await queries.dryRun(connections.ofProject(project), { sql: query }, { operation, signal });
    if (dryRun.statementType !== 'SELECT') {
      throw withCode<Error, MlModelsErrorCode>(
        new InputError('Only a SELECT can give the rows that a model is trained on.'),
        'QUERY_NOT_SELECT',
      );
    }
    return { ...dryRun.estimate, columns: dryRun.columns };
  }
}
