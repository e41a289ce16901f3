import type { Evaluation, ThresholdCounts } from '@leitstand/plugin-ml-models-common';

type Binary = Extract<Evaluation, { kind: 'binary' }>;

/** The counts at a threshold, or at the nearest that the training measured. */
export function countsAt(thresholds: readonly ThresholdCounts[], threshold: number): ThresholdCounts | undefined {
  return thresholds.reduce<ThresholdCounts | undefined>((nearest, candidate) => {
    if (!nearest) return candidate;
    return Math.abs(candidate.threshold - threshold) < Math.abs(nearest.threshold - threshold) ? candidate : nearest;
  }, undefined);
}

/** False alarms against hits for every threshold, from none to all. https://en.wikipedia.org/wiki/Receiver_operating_characteristic */
export function rocPoints({ thresholds }: Pick<Binary, 'thresholds'>): { x: number; y: number }[] {
  const points = thresholds
    .map(({ truePositives, falsePositives, trueNegatives, falseNegatives }) => ({
      x: shareOf(falsePositives, falsePositives + trueNegatives),
      y: shareOf(truePositives, truePositives + falseNegatives),
    }))
    .sort((a, b) => a.x - b.x || a.y - b.y);
  return [{ x: 0, y: 0 }, ...points, { x: 1, y: 1 }];
}

/** Precision against recall, where both are defined. */
export function precisionRecallPoints({ thresholds }: Pick<Binary, 'thresholds'>): { x: number; y: number }[] {
  return thresholds
    .flatMap(({ precision, recall }) =>
      precision === undefined || recall === undefined ? [] : [{ x: recall, y: precision }],
    )
    .sort((a, b) => a.x - b.x || b.y - a.y);
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Metrics of which less is better. */
const losses = new Set([
  'mean_absolute_error',
  'mean_squared_error',
  'mean_squared_log_error',
  'median_absolute_error',
  'log_loss',
  'davies_bouldin_index',
  'mean_squared_distance',
]);

/** Whether less of a metric is better. */
function isLoss(metric: string): boolean {
  return losses.has(metric);
}

/** The position of the best value of a metric; undefined unless one is better than another. */
export function bestOf(metric: string, values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined);
  const best = isLoss(metric) ? Math.min(...known) : Math.max(...known);
  return known.some(value => value !== best) ? values.indexOf(best) : undefined;
}
