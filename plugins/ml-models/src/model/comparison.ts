import type { Model } from '@leitstand/plugin-ml-models-common';
import { bestOf } from './evaluationMath';

/** One metric of several models. */
export interface ComparedMetric {
  metric: string;
  /** In the order of the models; undefined where a model has none. */
  values: (number | undefined)[];
  /** Position of the best; undefined where none is better, or the models answer different questions. */
  best: number | undefined;
}

/** The metrics that at least one of the models has; those that all have come first. */
export function compareMetrics(models: readonly Model[]): ComparedMetric[] {
  const lists = models.map(model => metricsOf(model));
  const names = [...new Set(lists.flatMap(list => list.map(({ metric }) => metric)))];
  const isSameLabel = new Set(models.map(({ label }) => label)).size === 1;
  const compared = names.map(metric => {
    const values = lists.map(list => list.find(entry => entry.metric === metric)?.value);
    return { metric, values, best: isSameLabel ? bestOf(metric, values) : undefined };
  });
  const countOf = ({ values }: ComparedMetric) => values.filter(value => value !== undefined).length;
  return compared.sort((a, b) => countOf(b) - countOf(a));
}

function metricsOf({ trainingRuns }: Model): { metric: string; value: number }[] {
  const evaluation = trainingRuns.at(-1)?.evaluation;
  return evaluation === undefined || evaluation.kind === 'none' ? [] : evaluation.metrics;
}
