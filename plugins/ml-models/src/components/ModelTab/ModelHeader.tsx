import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fact, FactList, RelativeTime, useNow } from '@leitstand/plugin-kit-react';
import { formatModelRef, type Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import { useMetricWords } from '../../hooks/useMetricWords';
import type { ModelOperations } from '../../hooks/useModelOperations';
import { modelHealthOf } from '../../model/modelHealth';
import { mlModelsTranslationRef } from '../../translation';
import { ModelActions } from '../ModelActions';
import { ModelHealthChip } from '../ModelHealthChip';
import { ModelTypeName } from '../ModelTypeName';

/** The verdict: how good it is, how old, until when, and what can be done. */
export function ModelHeader(props: {
  model: Model;
  operations: ModelOperations;
  isTraining: boolean;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model, operations, isTraining } = props;
  const health = modelHealthOf(model, useNow(60_000));
  return (
    <Paper component="section" aria-label={t('model.verdict')} sx={{ padding: 2, display: 'grid', gap: 1.5 }}>
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, justifyContent: 'space-between', alignItems: 'flex-start' }}
      >
        <Box sx={{ display: 'grid', gap: 0.5, minWidth: 0 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
            <ModelHealthChip model={model} isTraining={isTraining} />
            <Typography
              variant="body2"
              component="span"
              sx={{ fontFamily: 'var(--bui-font-monospace)', overflowWrap: 'anywhere' }}
            >
              {formatModelRef(model.ref)}
            </Typography>
          </Box>
          <Typography variant="body2" color="text.secondary">
            {t(isTraining ? 'healthWords.training' : `healthWords.${health}`)}
          </Typography>
        </Box>
        <ModelActions model={model} operations={operations} onChanged={props.onChanged} />
      </Box>
      <HeaderFacts model={model} />
    </Paper>
  );
}

function HeaderFacts(props: { model: Model }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const metrics = useMetricWords();
  const { quality, type, label, modifiedAt, expiresAt } = props.model;
  return (
    <FactList>
      {quality && <Fact term={metrics.nameOf(quality.metric)}>{formats.number(quality.value)}</Fact>}
      <Fact term={t('model.type')}>
        <ModelTypeName type={type} />
      </Fact>
      {label !== undefined && <Fact term={t('model.label')}>{label}</Fact>}
      <Fact term={t('model.modified')}>
        <RelativeTime time={modifiedAt} />
      </Fact>
      {expiresAt && (
        <Fact term={t('model.expires')}>
          <RelativeTime time={expiresAt} />
        </Fact>
      )}
    </FactList>
  );
}
