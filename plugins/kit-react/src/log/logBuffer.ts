/** One line of a log. */
export interface LogLine {
  /** Counts all lines that were ever added, from 0; stays the line's own when older ones are dropped. */
  number: number;
  /** ISO 8601, as the source wrote it; undefined where it wrote none. */
  at: string | undefined;
  text: string;
}

/** The newest lines of a log, oldest first, and how many older ones were dropped for them. */
export interface LogBuffer {
  lines: readonly LogLine[];
  droppedCount: number;
}

/** Lines that a buffer holds, unless told otherwise. */
export const defaultLogLineCount = 10_000;

/** A log of which nothing is known yet. */
export const emptyLogBuffer: LogBuffer = { lines: [], droppedCount: 0 };

/**
 * Adds lines, and drops the oldest beyond the cap.
 *
 * @param maxLineCount - default: {@link defaultLogLineCount}
 */
export function appendLogLines(
  buffer: LogBuffer,
  added: readonly Omit<LogLine, 'number'>[],
  maxLineCount: number = defaultLogLineCount,
): LogBuffer {
  if (added.length === 0) return buffer;
  const first = buffer.droppedCount + buffer.lines.length;
  const lines = [...buffer.lines, ...added.map(({ at, text }, index) => ({ number: first + index, at, text }))];
  const overflow = Math.max(0, lines.length - maxLineCount);
  return { lines: lines.slice(overflow), droppedCount: buffer.droppedCount + overflow };
}
