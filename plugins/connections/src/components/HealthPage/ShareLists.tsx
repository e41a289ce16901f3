import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ThisProcess } from '@leitstand/plugin-connections-common';
import { formatDuration, useLocale } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { connectionsTranslationRef } from '../../translation';
import { FigureCard } from './FigureCard';
import { ShareBar } from './ShareBar';

/** What one process asked of other systems lately, and what its caches spared them. */
export function ShareLists(props: { process: ThisProcess; note: string }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { process, note } = props;
  return (
    <FigureCard title={t('health.figures.callsAndCaches')} note={note}>
      <ShareList title={t('health.figures.calls')} none={t('health.figures.callsNone')}>
        {process.calls.map(call => (
          <CallBar key={`${call.system} ${call.connection}`} call={call} />
        ))}
      </ShareList>
      <ShareList title={t('health.figures.caches')} none={t('health.figures.cachesNone')}>
        {process.caches.map(cache => (
          <CacheBar key={cache.cache} cache={cache} />
        ))}
      </ShareList>
    </FigureCard>
  );
}

function ShareList(props: { title: string; none: string; children: ReactNode[] }) {
  const { title, none, children } = props;
  return (
    <div>
      <Typography variant="subtitle2" component="h3" sx={{ margin: 0 }}>
        {title}
      </Typography>
      {children.length === 0 ? (
        <Typography variant="body2">{none}</Typography>
      ) : (
        <Box
          component="ul"
          aria-label={title}
          sx={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 1 }}
        >
          {children}
        </Box>
      )}
    </div>
  );
}

function CallBar(props: { call: ThisProcess['calls'][number] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const locale = useLocale();
  const { system, connection, okCount, failedCount, meanMs } = props.call;
  return (
    <ShareBar
      label={`${system}: ${connection}`}
      shares={[
        { kind: 'ok', count: okCount, tone: 'accent', words: t('health.figures.callOk', { number: String(okCount) }) },
        {
          kind: 'failed',
          count: failedCount,
          tone: 'error',
          words: t('health.figures.callFailed', { number: String(failedCount) }),
        },
      ]}
      note={t('health.figures.callMean', { duration: formatDuration(Math.max(1, meanMs), locale) })}
    />
  );
}

function CacheBar(props: { cache: ThisProcess['caches'][number] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { cache, hitCount, missCount, staleCount } = props.cache;
  return (
    <ShareBar
      label={cache}
      shares={[
        {
          kind: 'hit',
          count: hitCount,
          tone: 'accent',
          words: t('health.figures.cacheHit', { number: String(hitCount) }),
        },
        {
          kind: 'miss',
          count: missCount,
          tone: 'neutral',
          words: t('health.figures.cacheMiss', { number: String(missCount) }),
        },
        {
          kind: 'stale',
          count: staleCount,
          tone: 'warning',
          words: t('health.figures.cacheStale', { number: String(staleCount) }),
        },
      ]}
    />
  );
}
