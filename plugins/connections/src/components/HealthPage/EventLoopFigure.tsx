import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { LineFigure, useLocale } from '@leitstand/plugin-kit-react';
import Typography from '@mui/material/Typography';
import { eventLoopPoints } from '../../model/portalHealth';
import { connectionsTranslationRef } from '../../translation';

/** The scale does not end below this, so that a quiet process looks quiet. */
const leastScaleMs = 50;

/** Above the highest point, so that it is seen whole. */
const headroom = 1.1;

/** How late the event loop of one process came round. */
export function EventLoopFigure(props: { health: PortalHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const locale = useLocale();
  const { p99, max } = eventLoopPoints(props.health);
  if (max.length === 0) return <Typography variant="body2">{t('health.figures.eventLoopNone')}</Typography>;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <LineFigure
      label={t('health.figures.eventLoopUnit')}
      caption={t('health.figures.eventLoopCaption')}
      heightPx={200}
      xLabel={t('health.figures.minutes')}
      yLabel={t('health.figures.milliseconds')}
      xRange={{ min: Math.floor(max[0].x), max: 0 }}
      yRange={{ min: 0, max: Math.max(leastScaleMs, ...max.map(({ y }) => y * headroom)) }}
      series={[
        { id: 'max', label: t('health.figures.max'), points: max },
        { id: 'p99', label: t('health.figures.p99'), points: p99 },
      ]}
      format={value => number.format(value)}
    />
  );
}
