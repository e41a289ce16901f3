import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import { predictionPathAnnotation, type Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useDraftInAddress } from '../../hooks/useDraftInAddress';
import { useFeatures } from '../../hooks/useFeatures';
import { questionFormat, readRow } from '../../model/question';
import { mlModelsTranslationRef } from '../../translation';
import { FeatureField } from '../PredictView/FeatureField';
import { Section } from '../Section';
import { ServingComparison, type AskedRow } from './ServingComparison';

/** Asks the services that serve the model and BigQuery itself about the same row. */
export function ServingView(props: { model: Model }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model } = props;
  const features = useFeatures(model);
  const [question, change] = useDraftInAddress(questionFormat);
  const [asked, setAsked] = useState<AskedRow>();
  const row = readRow(question.values, model.features);
  if (model.serving.length === 0) {
    return (
      <EmptyState
        title={t('serving.none')}
        advice={t('serving.noneAdvice', { annotation: predictionPathAnnotation })}
      />
    );
  }
  return (
    <>
      <Section title={t('serving.question')}>
        <Box
          component="form"
          noValidate
          aria-label={t('serving.question')}
          onSubmit={event => {
            event.preventDefault();
            if (row) setAsked(last => ({ row, number: (last?.number ?? 0) + 1 }));
          }}
          sx={{ display: 'grid', gap: 2 }}
        >
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(210px, 1fr))' }}>
            {model.features.map(feature => (
              <FeatureField
                key={feature.name}
                feature={feature}
                statistics={features.value?.features.find(({ name }) => name === feature.name)}
                value={question.values[feature.name] ?? ''}
                onChange={value => change({ values: { ...question.values, [feature.name]: value } })}
              />
            ))}
          </Box>
          <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
            <Button type="submit" variant="contained" disabled={!row}>
              {t('serving.ask')}
            </Button>
            <Typography variant="body2" color="text.secondary" sx={{ flex: '1 1 260px' }}>
              {t('serving.words')}
            </Typography>
          </Box>
        </Box>
      </Section>
      {asked && <ServingComparison key={asked.number} model={model} asked={asked} />}
    </>
  );
}
