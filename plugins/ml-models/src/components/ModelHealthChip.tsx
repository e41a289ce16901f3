import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { StatusChip, useNow, type StatusTone } from '@leitstand/plugin-kit-react';
import type { ModelSummary } from '@leitstand/plugin-ml-models-common';
import { modelHealthOf, type ModelHealth } from '../model/modelHealth';
import { mlModelsTranslationRef } from '../translation';

const tones = {
  good: 'ok',
  expiring: 'warning',
  poor: 'warning',
  unmeasured: 'unknown',
  readOnly: 'info',
} as const satisfies Record<ModelHealth, StatusTone>;

/** How a model is, as icon and word. */
export function ModelHealthChip(props: { model: ModelSummary; isTraining?: boolean }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const health = modelHealthOf(props.model, useNow(60_000));
  if (props.isTraining) return <StatusChip tone="running" label={t('health.training')} />;
  return <StatusChip tone={tones[health]} label={t(`health.${health}`)} />;
}
