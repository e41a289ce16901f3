import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { BarFigure, formatDuration, useLocale } from '@leitstand/plugin-kit-react';
import Typography from '@mui/material/Typography';
import { sourceAges } from '../../model/portalHealth';
import { connectionsTranslationRef } from '../../translation';

/** How long ago each source of the catalogue was read completely. */
export function SourcesFigure(props: { health: PortalHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const locale = useLocale();
  const { ages, never } = sourceAges(props.health);
  if (ages.length + never.length === 0) {
    return <Typography variant="body2">{t('health.figures.sourcesNone')}</Typography>;
  }
  return (
    <>
      {ages.length > 0 && (
        <BarFigure
          label={t('health.figures.bySource')}
          categoryLabel={t('health.figures.source')}
          valueLabel={t('health.figures.sourceAge')}
          bars={ages}
          format={seconds => formatDuration(seconds * 1000, locale)}
        />
      )}
      {never.length > 0 && (
        <Typography variant="body2">{t('health.figures.sourceNever', { sources: never.join(', ') })}</Typography>
      )}
    </>
  );
}
