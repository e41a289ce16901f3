import type { FeatureStatistics } from '@leitstand/plugin-ml-models-common';

/** Places in a feature's range, each from 0 (its least value) to 1 (its greatest). */
export interface RangeShares {
  mean: number;
  /** One standard deviation around the mean. */
  from: number;
  to: number;
}

/** Undefined where the range is not known, or has no extent. */
export function rangeShares({ min, max, mean, stddev = 0 }: FeatureStatistics): RangeShares | undefined {
  if (min === undefined || max === undefined || mean === undefined || max <= min) return undefined;
  const shareOf = (value: number) => Math.min(1, Math.max(0, (value - min) / (max - min)));
  return { mean: shareOf(mean), from: shareOf(mean - stddev), to: shareOf(mean + stddev) };
}
