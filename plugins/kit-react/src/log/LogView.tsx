import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ArrowDownwardIcon from '@mui/icons-material/ArrowDownward';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo, useRef } from 'react';
import { kitReactTranslationRef, useLocale } from '../translation';
import { LogBlockView, type LogLook } from './LogBlockView';
import type { LogLine } from './logBuffer';
import { logTimeFormat } from './formatLogTime';
import { useLogScroll } from './useLogScroll';

/**
 * A log of any length: only what is near the reader is on the page. It is one stop of the tab key and scrolls by the arrow,
 * page, Home and End keys; new lines are not read out by themselves, since a busy log would never end.
 */
export function LogView(props: {
  /** What it is the log of. */
  label: string;
  lines: readonly LogLine[];
  isWrapped: boolean;
  showsTimes: boolean;
  /** Marked wherever it occurs. Default: nothing. */
  query?: string;
  /** Number of the line that the reader is taken to. */
  activeLine?: number;
  /** Whether new lines are scrolled into sight while the reader is at the end. */
  isFollowing: boolean;
}) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  const { label, lines, isWrapped, showsTimes, query = '', activeLine, isFollowing } = props;
  const container = useRef<HTMLDivElement>(null);
  const look = useLook({ isWrapped, showsTimes, query });
  const layout = `${isWrapped} ${showsTimes}`;
  const scroll = useLogScroll({ container, lines, layout, activeLine, isFollowing });
  return (
    <Box sx={{ position: 'relative' }}>
      <Box
        ref={container}
        role="log"
        aria-live="off"
        aria-label={label}
        // A scrolling region must be reachable by keyboard: https://www.w3.org/TR/WCAG22/#keyboard
        tabIndex={0}
        onScroll={scroll.onScroll}
        sx={{
          minHeight: 120,
          maxHeight: 'min(60vh, 560px)',
          overflow: 'auto',
          paddingY: 1,
          backgroundColor: 'background.default',
          fontFamily: 'var(--bui-font-monospace)',
          fontSize: 12,
          lineHeight: '18px',
          '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: -2 },
        }}
      >
        <Box sx={isWrapped ? undefined : { width: 'max-content', minWidth: '100%' }}>
          {scroll.blocks.map(({ id, lines: blockLines, height, isOnPage }) =>
            isOnPage ? (
              <LogBlockView
                key={id}
                id={id}
                lines={blockLines}
                look={look}
                activeLine={blockLines.some(line => line.number === activeLine) ? activeLine : undefined}
                onMeasured={scroll.onMeasured}
              />
            ) : (
              <div key={id} style={{ height }} />
            ),
          )}
        </Box>
      </Box>
      {!scroll.isAtEnd && (
        <Button
          size="small"
          variant="contained"
          startIcon={<ArrowDownwardIcon />}
          onClick={scroll.goToEnd}
          sx={{ position: 'absolute', right: 24, bottom: 16 }}
        >
          {t('log.newest')}
        </Button>
      )}
    </Box>
  );
}

function useLook(options: { isWrapped: boolean; showsTimes: boolean; query: string }): LogLook {
  const locale = useLocale();
  const { isWrapped, showsTimes, query } = options;
  return useMemo(
    () => ({ isWrapped, query, formatTime: showsTimes ? logTimeFormat({ locale }) : undefined }),
    [isWrapped, query, showsTimes, locale],
  );
}
