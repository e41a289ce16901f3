import type bigquery from '@google-cloud/bigquery/build/src/types';
import type { ConfusionMatrix, Evaluation, Quality, ThresholdCounts } from '@leitstand/plugin-ml-models-common';

type NamedMetric = { metric: string; value: number };

/** What the metrics of a training say; names are those of `ML.EVALUATE`, so that both can be compared. */
export function readEvaluation(metrics: bigquery.IEvaluationMetrics | undefined): Evaluation {
  if (metrics?.regressionMetrics) return { kind: 'regression', metrics: regression(metrics.regressionMetrics) };
  const binary = metrics?.binaryClassificationMetrics;
  if (binary) {
    return {
      kind: 'binary',
      metrics: classification(binary.aggregateClassificationMetrics),
      positiveLabel: binary.positiveLabel ?? 'true',
      negativeLabel: binary.negativeLabel ?? 'false',
      thresholds: (binary.binaryConfusionMatrixList ?? []).map(counts).sort((a, b) => a.threshold - b.threshold),
    };
  }
  const multi = metrics?.multiClassClassificationMetrics;
  if (!multi) return { kind: 'none' };
  const [matrix] = multi.confusionMatrixList ?? [];
  return {
    kind: 'multiclass',
    metrics: classification(multi.aggregateClassificationMetrics),
    ...(matrix ? { confusionMatrix: confusionMatrix(matrix) } : {}),
  };
}

const qualityMetrics = ['r2_score', 'roc_auc', 'f1_score', 'accuracy'] as const;

/** The one number for lists; undefined where the training says none of them. */
export function qualityOf(evaluation: Evaluation): Quality | undefined {
  if (evaluation.kind === 'none') return undefined;
  for (const metric of qualityMetrics) {
    const found = evaluation.metrics.find(candidate => candidate.metric === metric);
    if (found) return { metric, value: found.value };
  }
  return undefined;
}

function regression(metrics: bigquery.IRegressionMetrics): NamedMetric[] {
  return present([
    ['mean_absolute_error', metrics.meanAbsoluteError],
    ['mean_squared_error', metrics.meanSquaredError],
    ['mean_squared_log_error', metrics.meanSquaredLogError],
    ['median_absolute_error', metrics.medianAbsoluteError],
    ['r2_score', metrics.rSquared],
  ]);
}

function classification(metrics: bigquery.IAggregateClassificationMetrics = {}): NamedMetric[] {
  return present([
    ['precision', metrics.precision],
    ['recall', metrics.recall],
    ['accuracy', metrics.accuracy],
    ['f1_score', metrics.f1Score],
    ['log_loss', metrics.logLoss],
    ['roc_auc', metrics.rocAuc],
  ]);
}

/** Without what is not known. A metric that cannot be calculated comes as the text `NaN`, which no gate may take for enough. */
function present(metrics: Array<[string, number | undefined]>): NamedMetric[] {
  return metrics.flatMap(([metric, value]) => (Number.isFinite(value) ? [{ metric, value: Number(value) }] : []));
}

function counts(matrix: bigquery.IBinaryConfusionMatrix): ThresholdCounts {
  return {
    threshold: matrix.positiveClassThreshold ?? 0,
    truePositives: Number(matrix.truePositives ?? 0),
    falsePositives: Number(matrix.falsePositives ?? 0),
    trueNegatives: Number(matrix.trueNegatives ?? 0),
    falseNegatives: Number(matrix.falseNegatives ?? 0),
    precision: matrix.precision,
    recall: matrix.recall,
    f1Score: matrix.f1Score,
    accuracy: matrix.accuracy,
  };
}

function confusionMatrix({ confidenceThreshold, rows = [] }: bigquery.IConfusionMatrix): ConfusionMatrix {
  const predicted = rows.flatMap(({ entries = [] }) => entries.map(({ predictedLabel = '' }) => predictedLabel));
  const labels = [...new Set([...rows.map(({ actualLabel = '' }) => actualLabel), ...predicted])];
  const countsOf = (actual: string) => {
    const entries = rows.find(({ actualLabel = '' }) => actualLabel === actual)?.entries ?? [];
    return labels.map(label => Number(entries.find(({ predictedLabel }) => predictedLabel === label)?.itemCount ?? 0));
  };
  return { threshold: confidenceThreshold, labels, counts: labels.map(countsOf) };
}
