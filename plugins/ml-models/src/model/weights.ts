import type { FeatureStatistics } from '@leitstand/plugin-ml-models-common';

/** More bars than these nobody reads. */
const maxWeightCount = 30;

/** What a model learned, the largest first: one weight a numeric feature, one a category else. */
export function largestWeights(features: readonly FeatureStatistics[]): {
  weights: { label: string; value: number }[];
  hiddenCount: number;
} {
  const all = features
    .flatMap(({ name, weights }) =>
      weights.map(({ category, weight }) => ({
        label: category === undefined ? name : `${name} = ${category}`,
        value: weight,
      })),
    )
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const weights = all.slice(0, maxWeightCount);
  return { weights, hiddenCount: all.length - weights.length };
}
