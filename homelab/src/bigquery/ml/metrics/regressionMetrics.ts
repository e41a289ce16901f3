import { median } from '../featureStatistics';

/** Metrics of a regression in the words of ML.EVALUATE; null where one is not defined. */
export interface RegressionMetrics {
  mean_absolute_error: number | null;
  mean_squared_error: number | null;
  /** Not defined if a label or a prediction is -1 or less. */
  mean_squared_log_error: number | null;
  median_absolute_error: number | null;
  r2_score: number | null;
  explained_variance: number | null;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: number[]) => {
  const middle = mean(values);
  return mean(values.map(value => (value - middle) ** 2));
};
const defined = (value: number) => (Number.isFinite(value) ? value : null);

/** @param predicted - one for each of `expected` */
export function regressionMetrics(expected: number[], predicted: number[]): RegressionMetrics {
  const errors = expected.map((value, index) => value - predicted[index]!);
  const squares = errors.map(error => error * error);
  const logSquares = expected.map((value, index) => (Math.log1p(value) - Math.log1p(predicted[index]!)) ** 2);
  return {
    mean_absolute_error: defined(mean(errors.map(Math.abs))),
    mean_squared_error: defined(mean(squares)),
    mean_squared_log_error: defined(mean(logSquares)),
    median_absolute_error: defined(median(errors.map(Math.abs))),
    r2_score: defined(1 - mean(squares) / variance(expected)),
    explained_variance: defined(1 - variance(errors) / variance(expected)),
  };
}
