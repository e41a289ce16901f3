import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import type { Evaluation, Model } from '@leitstand/plugin-ml-models-common';
import Typography from '@mui/material/Typography';
import { mlModelsTranslationRef } from '../../translation';
import { MetricGrid } from '../MetricGrid';
import { Section } from '../Section';
import { BinaryEvaluation } from './BinaryEvaluation';
import { MulticlassMatrix } from './MulticlassMatrix';
import { ResidualsSection } from './ResidualsSection';

/** How good the model is on the data that its training kept aside; from the model resource, at no cost. */
export function EvaluationView(props: { model: Model; entityRef: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model, entityRef } = props;
  const evaluation: Evaluation = model.trainingRuns.at(-1)?.evaluation ?? { kind: 'none' };
  if (evaluation.kind === 'none') {
    return <EmptyState title={t('evaluation.none')} advice={t('evaluation.noneAdvice')} />;
  }
  return (
    <>
      <Section title={t('evaluation.metrics')}>
        <MetricGrid metrics={evaluation.metrics} />
        <Typography variant="caption" color="text.secondary">
          {t('evaluation.free')}
        </Typography>
      </Section>
      {evaluation.kind === 'regression' && <ResidualsSection model={model} />}
      {evaluation.kind === 'binary' && <BinaryEvaluation evaluation={evaluation} entityRef={entityRef} />}
      {evaluation.kind === 'multiclass' && evaluation.confusionMatrix && (
        <Section title={t('evaluation.matrix')}>
          <MulticlassMatrix matrix={evaluation.confusionMatrix} />
        </Section>
      )}
    </>
  );
}
