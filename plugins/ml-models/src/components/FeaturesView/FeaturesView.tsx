import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { BarFigure, ErrorState, HomeCard, LoadingState, StaleBanner } from '@leitstand/plugin-kit-react';
import type { Features, Model } from '@leitstand/plugin-ml-models-common';
import Typography from '@mui/material/Typography';
import { useFeatures } from '../../hooks/useFeatures';
import { useFormats } from '../../hooks/useFormats';
import { largestWeights } from '../../model/weights';
import { mlModelsTranslationRef } from '../../translation';
import { Section } from '../Section';
import { FeaturesTable } from './FeaturesTable';

/** What the model was trained on, what it learned of each feature, and how much each matters. */
export function FeaturesView(props: { model: Model }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model } = props;
  const { value, error, reload } = useFeatures(model);
  return (
    <>
      {value?.freshness.staleBecause && (
        <StaleBanner observedAt={value.freshness.observedAt} reason={value.freshness.staleBecause.message} />
      )}
      <HomeCard title={t('features.title')}>
        {!value && error === undefined && <LoadingState lines={6} />}
        {!value && error !== undefined && <ErrorState error={error} onRetry={reload} />}
        {value && <FeaturesTable features={value.features} />}
      </HomeCard>
      {value && <Weights features={value} />}
      <Section title={t('features.importance')}>
        <Importance model={model} />
      </Section>
    </>
  );
}

function Weights(props: { features: Features }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { features, intercept } = props.features;
  const { weights, hiddenCount } = largestWeights(features);
  if (weights.length === 0) return null;
  return (
    <Section title={t('features.weights')}>
      <BarFigure
        label={t('features.weightsFigure')}
        caption={t('features.weightsWords', {
          intercept: intercept === undefined ? t('features.noIntercept') : formats.number(intercept),
        })}
        categoryLabel={t('features.name')}
        valueLabel={t('features.weight')}
        bars={weights}
        format={formats.number}
      />
      {hiddenCount > 0 && (
        <Typography variant="caption" color="text.secondary">
          {t('features.more', { count: hiddenCount })}
        </Typography>
      )}
    </Section>
  );
}

function Importance(props: { model: Model }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { globalExplanation } = props.model;
  if (globalExplanation.length === 0) {
    return <Typography variant="body2">{t('features.noImportance')}</Typography>;
  }
  return (
    <BarFigure
      label={t('features.importanceFigure')}
      caption={t('features.importanceWords')}
      categoryLabel={t('features.name')}
      valueLabel={t('features.attribution')}
      bars={globalExplanation.map(({ feature, attribution }) => ({ label: feature, value: attribution }))}
      format={formats.number}
    />
  );
}
