import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { predictionPathAnnotation, type Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useModelLink } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';

/** The services that answer predictions of a model. */
export function ServicesList(props: { model: Model; entityRef: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const modelLink = useModelLink();
  const { serving, isKnownType } = props.model;
  if (serving.length === 0) {
    return (
      <Typography variant="body2" color="text.secondary">
        {t('overview.noServing', { annotation: predictionPathAnnotation })}
      </Typography>
    );
  }
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 1 }}>
        {serving.map(({ entityRef, origin, path }) => (
          <li key={entityRef}>
            <EntityRefLink entityRef={entityRef} defaultKind="component" />
            <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
              {origin === undefined ? t('overview.servingNotAllowed') : `${origin}${path}`}
            </Typography>
          </li>
        ))}
      </Box>
      {isKnownType && <Link to={modelLink(props.entityRef, 'serving')}>{t('overview.compareServing')}</Link>}
    </>
  );
}
