import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { BarFigure } from '@leitstand/plugin-kit-react';
import type { Prediction } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import { mlModelsTranslationRef } from '../../translation';

/** The prediction of one row: the answer in large, how sure it is, and what led to it. */
export function SingleAnswer(props: { label: string; prediction: Prediction }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { label, prediction } = props;
  const { predicted, probabilities, explanation } = prediction;
  return (
    <>
      <div>
        <Typography variant="caption" color="text.secondary" component="p">
          {t('predict.predicted', { label })}
        </Typography>
        <Typography
          role="status"
          component="p"
          sx={{ fontSize: 36, fontWeight: 600, lineHeight: 1.2, overflowWrap: 'anywhere' }}
        >
          {typeof predicted === 'number' ? formats.number(predicted) : String(predicted ?? t('predict.nothing'))}
        </Typography>
      </div>
      {probabilities.length > 0 && <Probabilities probabilities={probabilities} />}
      {explanation && (
        <BarFigure
          label={t('predict.explanation')}
          caption={t('predict.explanationWords', { baseline: formats.number(explanation.baseline) })}
          categoryLabel={t('predict.feature')}
          valueLabel={t('predict.attribution')}
          bars={explanation.attributions.map(({ feature, attribution }) => ({
            label: `${feature} = ${String(prediction.features[feature] ?? '–')}`,
            value: attribution,
          }))}
          format={formats.number}
        />
      )}
    </>
  );
}

function Probabilities(props: { probabilities: Prediction['probabilities'] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  return (
    <Box
      component="ul"
      aria-label={t('predict.probabilities')}
      sx={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 1 }}
    >
      {props.probabilities.map(({ label, probability }) => (
        <Box component="li" key={label}>
          <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2 }}>
            <Typography variant="body2" component="span" sx={{ overflowWrap: 'anywhere' }}>
              {label}
            </Typography>
            <Typography variant="body2" component="span" sx={{ fontVariantNumeric: 'tabular-nums', fontWeight: 600 }}>
              {formats.share(probability)}
            </Typography>
          </Box>
          <Box aria-hidden sx={{ height: 8, borderRadius: '2px', backgroundColor: 'action.selected' }}>
            <Box
              sx={{
                height: '100%',
                width: `${Math.min(1, Math.max(0, probability)) * 100}%`,
                borderRadius: '2px',
                backgroundColor: 'primary.main',
              }}
            />
          </Box>
        </Box>
      ))}
    </Box>
  );
}
