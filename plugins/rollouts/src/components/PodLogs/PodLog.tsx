import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { describeError, ErrorState, LogView, type LogBuffer } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import { useState } from 'react';
import { useLogSearch } from '../../hooks/useLogSearch';
import { usePodLog } from '../../hooks/usePodLog';
import type { PodLogRequest } from '../../log/PodLogReader';
import { rolloutsTranslationRef } from '../../translation';
import { LogsForbidden } from './LogsForbidden';
import { LogStatus } from './LogStatus';
import { LogToolbar, type LogSettings } from './LogToolbar';

/** Newest lines to begin with. */
const firstTailLines = 500;

/** One container's log with its controls. */
export function PodLog(props: {
  request: Omit<PodLogRequest, 'tailLines' | 'isFollowing'>;
  /** Whether more can come. Read once: a pod that ends keeps what it has shown. */
  isFollowing: boolean;
}) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const [isFollowing] = useState(props.isFollowing);
  const [tailLines, setTailLines] = useState(firstTailLines);
  const [settings, setSettings] = useState<LogSettings>({ isWrapped: true, showsTimes: true });
  const [paused, setPaused] = useState<LogBuffer>();
  const request = { ...props.request, tailLines, isFollowing };
  const log = usePodLog(request);
  const { lines } = paused ?? log.buffer;
  const search = useLogSearch(lines);

  if (log.phase === 'failed' && log.buffer.lines.length === 0) {
    if (describeError(log.error).kind === 'forbidden') return <LogsForbidden />;
    return <ErrorState error={log.error} onRetry={log.reload} />;
  }
  return (
    <Box>
      <LogToolbar
        request={request}
        search={search}
        settings={settings}
        onSettings={setSettings}
        isPaused={paused !== undefined}
        onPause={isFollowing ? () => setPaused(paused ? undefined : log.buffer) : undefined}
      />
      <LogView
        label={t('log.of', { pod: request.pod, container: request.container })}
        lines={lines}
        isWrapped={settings.isWrapped}
        showsTimes={settings.showsTimes}
        query={search.query}
        activeLine={search.activeLine}
        isFollowing={paused === undefined}
      />
      <LogStatus
        log={log}
        shown={paused ?? log.buffer}
        isPaused={paused !== undefined}
        tailLines={tailLines}
        onTailLines={setTailLines}
      />
    </Box>
  );
}
