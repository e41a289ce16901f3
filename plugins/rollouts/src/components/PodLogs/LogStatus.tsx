import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  defaultLogLineCount,
  describeError,
  StatusChip,
  useErrorReason,
  useLocale,
  type LogBuffer,
} from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ReadPodLog } from '../../hooks/usePodLog';
import { rolloutsTranslationRef } from '../../translation';

/** How reading goes, how much of the log is here, and what is not. */
export function LogStatus(props: {
  log: ReadPodLog;
  shown: LogBuffer;
  isPaused: boolean;
  tailLines: number;
  onTailLines: (tailLines: number) => void;
}) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { log, shown, isPaused, tailLines, onTailLines } = props;
  const number = new Intl.NumberFormat(useLocale());
  const newCount = countOf(log.buffer) - countOf(shown);
  const isCut = tailLines < defaultLogLineCount && countOf(log.buffer) >= tailLines;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, padding: '8px 16px', alignItems: 'center' }}>
      <PhaseWords log={log} isPaused={isPaused} />
      <Typography variant="caption" color="text.secondary">
        {[
          t('log.lines', { count: shown.lines.length }),
          newCount > 0 && t('log.more', { count: newCount }),
          shown.droppedCount > 0 &&
            t('log.dropped', { count: shown.droppedCount, lines: number.format(shown.lines.length) }),
          log.hasGap && t('log.gap'),
          isCut && t('log.tail', { lines: number.format(tailLines) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
      {isCut && (
        <Button size="small" onClick={() => onTailLines(defaultLogLineCount)}>
          {t('log.showOlder', { lines: number.format(defaultLogLineCount) })}
        </Button>
      )}
    </Box>
  );
}

function PhaseWords(props: { log: ReadPodLog; isPaused: boolean }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { phase, error } = props.log;
  const reason = useErrorReason(error);
  const said = error === undefined ? undefined : describeError(error).message;
  const words = props.isPaused ? t('log.phase.paused') : undefined;
  switch (phase) {
    case 'opening':
      return <StatusChip tone="running" label={words ?? t('log.phase.opening')} />;
    case 'reading':
      return <StatusChip tone={words ? 'paused' : 'running'} label={words ?? t('log.phase.reading')} />;
    case 'ended':
      return <StatusChip tone="info" label={t('log.phase.ended')} />;
    case 'waiting':
      return <Words text={said ? t('log.phase.unavailable', { reason: said }) : t('log.phase.waiting')} />;
    case 'failed':
      return (
        <>
          <Words text={t('log.phase.failed', { reason: reason ?? '' })} />
          <Button size="small" onClick={props.log.reload}>
            {t('log.again')}
          </Button>
        </>
      );
    default:
      throw new Error(`Unknown phase ${JSON.stringify(phase satisfies never)}`);
  }
}

function Words(props: { text: string }) {
  return (
    <Typography variant="body2" role="status" sx={{ overflowWrap: 'anywhere' }}>
      {props.text}
    </Typography>
  );
}

/** All lines that were ever read. */
function countOf(buffer: LogBuffer): number {
  return buffer.droppedCount + buffer.lines.length;
}
