import type { ModelSummary } from '@leitstand/plugin-ml-models-common';

/** How a model is, as far as its resource tells. */
export type ModelHealth = 'good' | 'expiring' | 'poor' | 'unmeasured' | 'readOnly';

const soonMs = 7 * 24 * 3_600_000;

/** Below these a model is no better than a constant or a coin. */
const worthless: Partial<Record<string, number>> = { r2_score: 0, roc_auc: 0.5 };

/** The worst that can be said of a model. */
export function modelHealthOf(
  { quality, expiresAt, isKnownType }: Pick<ModelSummary, 'quality' | 'expiresAt' | 'isKnownType'>,
  now: Date,
): ModelHealth {
  if (expiresAt !== undefined && Date.parse(expiresAt) - now.getTime() < soonMs) return 'expiring';
  if (quality && quality.value <= (worthless[quality.metric] ?? Number.NEGATIVE_INFINITY)) return 'poor';
  if (quality) return 'good';
  return isKnownType ? 'unmeasured' : 'readOnly';
}
