import type { ModelSummary } from '@leitstand/plugin-ml-models-common';
import { modelHealthOf, type ModelHealth } from './modelHealth';

const order: readonly ModelHealth[] = ['expiring', 'poor', 'unmeasured', 'good', 'readOnly'];

/** Models that need a look first; of equal ones what changed last. */
export function worstFirst(models: readonly ModelSummary[], now: Date): ModelSummary[] {
  const rankOf = (model: ModelSummary) => order.indexOf(modelHealthOf(model, now));
  return [...models].sort((a, b) => rankOf(a) - rankOf(b) || b.modifiedAt.localeCompare(a.modifiedAt));
}
