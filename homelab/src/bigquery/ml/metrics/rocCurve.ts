/** Counts of a binary classification at one threshold. */
export interface ThresholdCounts {
  threshold: number;
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
}

/** The area under the ROC curve, ties counted half; null if only one class is there. */
export function rocAuc(scores: number[], isPositive: boolean[]): number | null {
  const order = scores.map((_, index) => index).sort((left, right) => scores[left]! - scores[right]!);
  const positiveCount = isPositive.filter(Boolean).length;
  const negativeCount = scores.length - positiveCount;
  if (positiveCount === 0 || negativeCount === 0) return null;
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let index = start; index < end; index += 1) if (isPositive[order[index]!]) rankSum += rank;
    start = end;
  }
  return (rankSum - (positiveCount * (positiveCount + 1)) / 2) / (positiveCount * negativeCount);
}

/** The percentiles of the scores, descending and without repetition: the thresholds that BigQuery takes by itself. */
export function defaultThresholds(scores: readonly number[]): number[] {
  const ordered = [...scores].sort((left, right) => right - left);
  if (ordered.length <= 101) return [...new Set(ordered)];
  const percentiles = Array.from({ length: 101 }, (_, percent) => Math.round((percent / 100) * (ordered.length - 1)));
  return [...new Set(percentiles.map(index => ordered[index]!))];
}

/** Counts at thresholds; a score that equals a threshold is positive. */
export function rocCurve(scores: number[], isPositive: boolean[], thresholds: readonly number[]): ThresholdCounts[] {
  return thresholds.map(threshold => {
    const counts = { threshold, truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 };
    scores.forEach((score, index) => {
      if (score >= threshold) counts[isPositive[index] ? 'truePositives' : 'falsePositives'] += 1;
      else counts[isPositive[index] ? 'falseNegatives' : 'trueNegatives'] += 1;
    });
    return counts;
  });
}
