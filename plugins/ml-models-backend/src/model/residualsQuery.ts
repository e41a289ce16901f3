import type { Column, ModelRef } from '@leitstand/plugin-ml-models-common';
import { quoteColumn, quoteModel } from '../client/identifiers';
import { integerParameter, type Query } from '../client/queryRequest';

/** Most points of a chart. */
const maxPointCount = 2_000;

/** What residuals are asked of. */
export interface ResidualsQuestion {
  ref: ModelRef;
  features: readonly Column[];
  label: string;
  /** The query that gave the training its rows. */
  trainedOn: string;
}

/**
 * Actual and predicted values, of more rows than a chart shows each n-th by size: the same ones each time, from the whole
 * range.
 */
export function residualsQuery({ ref, features, label, trainedOn }: ResidualsQuestion): Query {
  const columns = [label, ...features.map(({ name }) => name)].map(quoteColumn).join(', ');
  return {
    sql: [
      'WITH predictions AS (',
      `  SELECT ${quoteColumn(label)} AS actual, ${quoteColumn(`predicted_${label}`)} AS predicted`,
      `  FROM ML.PREDICT(MODEL ${quoteModel(ref)}, (SELECT ${columns} FROM (`,
      trainedOn,
      `  ) WHERE ${quoteColumn(label)} IS NOT NULL))`,
      '),',
      'numbered AS (',
      '  SELECT actual, predicted, ROW_NUMBER() OVER (ORDER BY actual, predicted) AS position, COUNT(*) OVER () AS total',
      '  FROM predictions',
      ')',
      'SELECT actual, predicted FROM numbered',
      'WHERE MOD(position - 1, CAST(CEIL(total / @points) AS INT64)) = 0',
      'ORDER BY position',
    ].join('\n'),
    parameters: [integerParameter('points', maxPointCount)],
  };
}
