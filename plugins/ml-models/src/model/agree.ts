import type { Prediction } from '@leitstand/plugin-ml-models-common';

/** Services round what they answer; what is as close as this to BigQuery's answer is the same. */
const tolerance = 0.005;

/** Whether two answers about one row say the same: numbers to within rounding to two decimals, all else exactly. */
export function agree(a: Prediction['predicted'] | undefined, b: Prediction['predicted'] | undefined): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return String(a) === String(b);
  return Math.abs(a - b) <= Math.max(tolerance, Math.abs(a) * 1e-6) + Number.EPSILON;
}
