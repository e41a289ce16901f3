import { useCallback, useLayoutEffect, useMemo, useReducer, useRef, useState, type RefObject } from 'react';
import { blocksOf, isWithin, placeBlocks, type PlacedBlock, type Stretch } from './blocks';
import { logLineHeight } from './LogBlockView';
import type { LogLine } from './logBuffer';

/** What is put on the page above and below what can be seen, in px. */
const overscanPx = 800;
/** So far from its end, in px, a log counts as being at it. */
const endTolerancePx = 24;

interface Position {
  stretch: Stretch;
  isAtEnd: boolean;
}

const initialPosition: Position = { stretch: { top: 0, bottom: 0 }, isAtEnd: true };

/** Where the reader is in a log that is only in part on the page. */
export interface LogScroll {
  /** All blocks; those that are not within reach keep their place empty. */
  blocks: (PlacedBlock & { isOnPage: boolean })[];
  isAtEnd: boolean;
  onScroll: () => void;
  onMeasured: (id: number, height: number) => void;
  goToEnd: () => void;
}

/** What decides where the reader is. */
export interface LogScrollOptions {
  container: RefObject<HTMLElement>;
  lines: readonly LogLine[];
  /** Whatever changes how high lines are; measured heights are forgotten with it. */
  layout: string;
  /** The reader is taken to this line whenever it changes. */
  activeLine: number | undefined;
  /** Whether new lines are scrolled into sight while the reader is at the end. */
  isFollowing: boolean;
}

/** Keeps what is near the reader on the page, and the reader at the end while that is wished. */
export function useLogScroll(options: LogScrollOptions): LogScroll {
  const { container, lines, layout, activeLine, isFollowing } = options;
  const [{ stretch, isAtEnd }, setPosition] = useState(initialPosition);
  const told = useRef(initialPosition);
  const all = useMemo(() => blocksOf(lines), [lines]);
  const [measured, onMeasured] = useMeasuredHeights(layout, all[0]?.id);
  const placed = placeBlocks(all, block => measured.get(block.id) ?? block.lines.length * logLineHeight);

  const onScroll = useCallback(() => {
    const { scrollTop = 0, clientHeight = 0, scrollHeight = 0 } = container.current ?? {};
    const position = {
      stretch: { top: scrollTop, bottom: scrollTop + clientHeight },
      isAtEnd: scrollHeight - scrollTop - clientHeight <= endTolerancePx,
    };
    // This runs after every commit while following: what is known already must not render again, or it would never end.
    if (isSamePosition(position, told.current)) return;
    told.current = position;
    setPosition(position);
  }, [container]);
  const goToEnd = useCallback(() => {
    if (container.current) container.current.scrollTop = container.current.scrollHeight;
    onScroll();
  }, [container, onScroll]);

  useLayoutEffect(() => {
    if (isFollowing && isAtEnd && activeLine === undefined) goToEnd();
  });
  useLayoutEffect(() => {
    if (activeLine === undefined) return;
    container.current?.querySelector(`[data-line="${activeLine}"]`)?.scrollIntoView?.({ block: 'center' });
    onScroll();
  }, [container, activeLine, onScroll]);

  const reach = { top: stretch.top - overscanPx, bottom: stretch.bottom + overscanPx };
  const holds = (block: PlacedBlock) => block.lines.some(line => line.number === activeLine);
  const blocks = placed.map(block => ({ ...block, isOnPage: isWithin(block, reach) || holds(block) }));
  return { blocks, isAtEnd, onScroll, onMeasured, goToEnd };
}

function isSamePosition(left: Position, right: Position): boolean {
  const isSameStretch = left.stretch.top === right.stretch.top && left.stretch.bottom === right.stretch.bottom;
  return isSameStretch && left.isAtEnd === right.isAtEnd;
}

function useMeasuredHeights(
  layout: string,
  firstId: number = 0,
): [Map<number, number>, (id: number, height: number) => void] {
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const known = useRef({ layout, heights: new Map<number, number>() });
  if (known.current.layout !== layout) known.current = { layout, heights: new Map() };
  useLayoutEffect(() => {
    const { heights } = known.current;
    [...heights.keys()].filter(id => id < firstId).forEach(id => heights.delete(id));
  }, [firstId]);
  const onMeasured = useCallback((id: number, height: number) => {
    const { heights } = known.current;
    if (height === 0 || heights.get(id) === height) return; // 0: there is no layout, the log is hidden
    heights.set(id, height);
    renderAgain();
  }, []);
  return [known.current.heights, onMeasured];
}
