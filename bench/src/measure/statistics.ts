/** What a benchmark says of one series of measurements, in milliseconds. */
export interface Series {
  n: number;
  p50Ms: number;
  p95Ms: number;
}

/** Median and 95th percentile by the nearest-rank method. @throws when there is nothing to summarise */
export function summarize(samplesMs: readonly number[]): Series {
  if (samplesMs.length === 0) throw new Error('A series without measurements has no percentiles');
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return { n: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95) };
}
