import { BigQueryError } from '../model';

/** The error of a statement that BigQuery ML does not take. */
export function refuse(message: string): BigQueryError {
  return new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
}
