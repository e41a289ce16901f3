// What a model says of its training and of its features.
import type { IterationResult, Relation } from '../../model';
import { table } from '../relations';
import { defineMlFunction } from './MlFunction';

/** Rows of ML.TRAINING_INFO; works for a training that goes on as well. */
export function trainingInfoOf(iterations: readonly IterationResult[]): Relation {
  return table(
    {
      training_run: 'INTEGER',
      iteration: 'INTEGER',
      loss: 'FLOAT',
      eval_loss: 'FLOAT',
      learning_rate: 'FLOAT',
      duration_ms: 'INTEGER',
    },
    iterations.map(({ index, trainingLoss, evalLoss, learnRate, durationMs }) => [
      0n,
      BigInt(index),
      trainingLoss,
      evalLoss,
      learnRate,
      BigInt(Math.round(durationMs)),
    ]),
  );
}

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-train */
export const trainingInfo = defineMlFunction({
  name: 'TRAINING_INFO',
  needsInput: 'none',
  settings: [],
  run: model => trainingInfoOf(model.iterations),
});

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-feature */
export const featureInfo = defineMlFunction({
  name: 'FEATURE_INFO',
  needsInput: 'none',
  settings: [],
  run: model =>
    table(
      {
        input: 'STRING',
        min: 'FLOAT',
        max: 'FLOAT',
        mean: 'FLOAT',
        median: 'FLOAT',
        stddev: 'FLOAT',
        category_count: 'INTEGER',
        null_count: 'INTEGER',
        dimension: 'INTEGER',
      },
      model.statistics.map(({ input, numbers, categoryCount, nullCount }) => [
        input,
        ...(['min', 'max', 'mean', 'median', 'stddev'] as const).map(name => numbers?.[name] ?? null),
        categoryCount === undefined ? null : BigInt(categoryCount),
        BigInt(nullCount),
        null,
      ]),
    ),
});
