import { findLogLines, stepMatch, type LogLine } from '@leitstand/plugin-kit-react';
import { useDeferredValue, useMemo, useState } from 'react';

/** A search in a log that may still grow. */
export interface LogSearch {
  query: string;
  setQuery: (query: string) => void;
  matchCount: number;
  /** Place of the present match among all, from 1; 0 before the first step. */
  position: number;
  /** Number of the line that the present match is in. */
  activeLine: number | undefined;
  step: (direction: 1 | -1) => void;
}

/** Searches as the reader types; the present match stays the same line while new lines come. */
export function useLogSearch(lines: readonly LogLine[]): LogSearch {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState<number>();
  const searched = useDeferredValue(query);
  const matches = useMemo(() => findLogLines(lines, searched), [lines, searched]);
  const index = active === undefined ? -1 : matches.indexOf(active);
  return {
    query,
    setQuery: next => {
      setQuery(next);
      setActive(undefined);
    },
    matchCount: matches.length,
    position: index + 1,
    activeLine: index === -1 ? undefined : active,
    step: direction => setActive(stepMatch(matches, active, direction)),
  };
}
