import Box from '@mui/material/Box';
import { memo, useLayoutEffect, useRef } from 'react';
import type { LogLine } from './logBuffer';
import { splitAtMatches } from './searchLog';

/** Height of a line that is not wrapped, in px. */
export const logLineHeight = 18;

/** How the lines of a log are shown. */
export interface LogLook {
  isWrapped: boolean;
  /** Writes a line's time before it; left out, there are no times. */
  formatTime?: (at: string) => string;
  /** Marked wherever it occurs. */
  query: string;
}

/** Some lines of a log, on the page. Tells how high they came out, since wrapped lines are as high as they are long. */
export const LogBlockView = memo(BlockContent);

function BlockContent(props: {
  id: number;
  lines: readonly LogLine[];
  look: LogLook;
  activeLine: number | undefined;
  onMeasured: (id: number, height: number) => void;
}) {
  const { id, lines, look, activeLine, onMeasured } = props;
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (element.current) onMeasured(id, element.current.offsetHeight);
  });
  return (
    <div ref={element}>
      {lines.map(line => (
        <LogLineView key={line.number} line={line} look={look} isActive={line.number === activeLine} />
      ))}
    </div>
  );
}

function LogLineView(props: { line: LogLine; look: LogLook; isActive: boolean }) {
  const { line, look, isActive } = props;
  return (
    <Box
      data-line={line.number}
      aria-current={isActive || undefined}
      sx={{
        minHeight: logLineHeight,
        paddingX: 1.5,
        whiteSpace: look.isWrapped ? 'pre-wrap' : 'pre',
        overflowWrap: 'anywhere',
        '&:hover': { backgroundColor: 'action.hover' },
        ...(isActive && { backgroundColor: 'action.selected', boxShadow: 'inset 3px 0 0 currentColor' }),
      }}
    >
      {look.formatTime && line.at !== undefined && (
        <Box component="time" dateTime={line.at} sx={{ color: 'text.secondary', marginRight: 1.5 }}>
          {look.formatTime(line.at)}
        </Box>
      )}
      {splitAtMatches(line.text, look.query).map(({ text, isMatch }, index) =>
        isMatch ? <Mark key={index} text={text} /> : text,
      )}
    </Box>
  );
}

function Mark(props: { text: string }) {
  return (
    <Box
      component="mark"
      sx={{ backgroundColor: 'warning.main', color: 'background.paper', borderRadius: '2px', fontWeight: 600 }}
    >
      {props.text}
    </Box>
  );
}
