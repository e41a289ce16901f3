import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ErrorState, LoadingState, ScatterFigure } from '@leitstand/plugin-kit-react';
import type { Model, ModelRef, Residuals } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useCallback } from 'react';
import { mlModelsApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useFormats } from '../../hooks/useFormats';
import { mlModelsTranslationRef } from '../../translation';
import { Section } from '../Section';

/** How far off the predictions are, by a query that is billed: asked for by a button only. */
export function ResidualsSection(props: { model: Model }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const models = useApi(mlModelsApiRef);
  const { ref } = props.model;
  const load = useCallback((asked: ModelRef, signal: AbortSignal) => models.getResiduals(asked, { signal }), [models]);
  const { state, value, error, ask } = useAnswer<ModelRef, Residuals>(load);
  return (
    <Section title={t('evaluation.residuals')}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        <Button variant="outlined" disabled={state === 'running'} onClick={() => ask(ref)}>
          {t('evaluation.askResiduals')}
        </Button>
        <Typography variant="body2" color="text.secondary" sx={{ flex: '1 1 260px' }}>
          {t('evaluation.residualsCost')}
        </Typography>
      </Box>
      {state === 'running' && <LoadingState lines={4} />}
      {state === 'failed' && <ErrorState error={error} />}
      {value && <ResidualsFigure residuals={value} />}
    </Section>
  );
}

function ResidualsFigure(props: { residuals: Residuals }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { points, bytesBilled } = props.residuals;
  return (
    <ScatterFigure
      label={t('evaluation.residualsFigure', { count: points.length })}
      caption={t('evaluation.residualsWords', { bytes: formats.bytes(bytesBilled) })}
      xLabel={t('evaluation.predictedValue')}
      yLabel={t('evaluation.residual')}
      points={points.map(({ actual, predicted }) => ({ x: predicted, y: actual - predicted }))}
      yReference={0}
      format={formats.number}
      heightPx={300}
    />
  );
}
