import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ErrorState, HomeCard, LoadingState, RelativeTime, StaleBanner, useNow } from '@leitstand/plugin-kit-react';
import type { Model, ModelRef } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useModel } from '../../hooks/useModel';
import { modelHealthOf } from '../../model/modelHealth';
import { modelRefOf } from '../../model/modelRefOf';
import { useModelLink } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';
import { ModelHealthChip } from '../ModelHealthChip';
import { ModelTypeName } from '../ModelTypeName';
import { QualityText } from '../QualityText';

/** How the entity's model is, in a few lines; the rest is on its tab. */
export function ModelCard() {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { entity } = useEntity();
  const modelLink = useModelLink();
  const ref = modelRefOf(entity);
  if (!ref) return null;
  const entityRef = stringifyEntityRef(entity);
  return (
    <HomeCard
      title={t('card.model')}
      action={
        <Box sx={{ display: 'flex', gap: 2 }}>
          <Link to={modelLink(entityRef, 'predict')}>{t('card.predict')}</Link>
          <Link to={modelLink(entityRef)}>{t('card.open')}</Link>
        </Box>
      }
    >
      <CardContent modelRef={ref} />
    </HomeCard>
  );
}

function CardContent(props: { modelRef: ModelRef }) {
  const { value: model, error, reload } = useModel(props.modelRef);
  if (!model) return error === undefined ? <LoadingState lines={3} /> : <ErrorState error={error} onRetry={reload} />;
  return <ModelLines model={model} />;
}

function ModelLines(props: { model: Model }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model } = props;
  const { freshness } = model;
  const health = modelHealthOf(model, useNow(60_000));
  return (
    <Box sx={{ padding: 2, display: 'grid', gap: 1 }}>
      {freshness.staleBecause && (
        <StaleBanner observedAt={freshness.observedAt} reason={freshness.staleBecause.message} />
      )}
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <ModelHealthChip model={model} />
        <Typography variant="body2" component="span">
          <ModelTypeName type={model.type} />
        </Typography>
        <Typography variant="body2" component="span">
          <QualityText quality={model.quality} />
        </Typography>
      </Box>
      <Typography variant="body2">{t(`healthWords.${health}`)}</Typography>
      <Typography variant="body2" color="text.secondary">
        {t('card.trained')} <RelativeTime time={model.modifiedAt} />
      </Typography>
    </Box>
  );
}
