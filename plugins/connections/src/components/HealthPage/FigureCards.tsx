import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { formatDuration, useLocale } from '@leitstand/plugin-kit-react';
import { connectionsTranslationRef } from '../../translation';
import { CardGrid } from './CardGrid';
import { EventLoopFigure } from './EventLoopFigure';
import { FigureCard } from './FigureCard';
import { RunsFigure } from './RunsFigure';
import { ShareLists } from './ShareLists';
import { SourcesFigure } from './SourcesFigure';

/** What the metrics count, for people: what one process did lately, and what all of them have in the database. */
export function FigureCards(props: { health: PortalHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const locale = useLocale();
  const { health } = props;
  const ofProcess = t('health.figures.ofProcess', { duration: formatDuration(health.process.windowMs, locale) });
  const ofAll = t('health.figures.ofAll');
  return (
    <CardGrid>
      <FigureCard title={t('health.figures.eventLoop')} note={ofProcess}>
        <EventLoopFigure health={health} />
      </FigureCard>
      <ShareLists process={health.process} note={ofProcess} />
      <FigureCard title={t('health.figures.runs')} note={ofAll}>
        <RunsFigure runs={health.runs} />
      </FigureCard>
      <FigureCard title={t('health.figures.sources')} note={ofAll}>
        <SourcesFigure health={health} />
      </FigureCard>
    </CardGrid>
  );
}
