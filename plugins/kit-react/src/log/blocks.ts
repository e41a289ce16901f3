import type { LogLine } from './logBuffer';

/** Lines that are put on the page or taken off it together. */
const blockLineCount = 50;

/** Neighbouring lines of a log; where it begins does not move when older lines are dropped. */
export interface LogBlock {
  /** Number of its first line, divided by {@link blockLineCount}. */
  id: number;
  lines: readonly LogLine[];
}

/** A block and where it is, in px from the top of the log. */
export interface PlacedBlock extends LogBlock {
  top: number;
  height: number;
}

/** A stretch of the log, in px from its top. */
export interface Stretch {
  top: number;
  bottom: number;
}

/** Cuts a log into blocks. The lines' numbers have no gaps. */
export function blocksOf(lines: readonly LogLine[]): LogBlock[] {
  const blocks: LogBlock[] = [];
  for (let index = 0; index < lines.length;) {
    const id = Math.floor(lines[index].number / blockLineCount);
    const end = index + (id + 1) * blockLineCount - lines[index].number;
    blocks.push({ id, lines: lines.slice(index, end) });
    index = end;
  }
  return blocks;
}

/** Where each block is: by its measured height, or by its number of lines while it has not been on the page. */
export function placeBlocks(blocks: LogBlock[], heightOf: (block: LogBlock) => number): PlacedBlock[] {
  let top = 0;
  return blocks.map(block => {
    const height = heightOf(block);
    const placed = { ...block, top, height };
    top += height;
    return placed;
  });
}

/** Whether any of a block is within the stretch. */
export function isWithin(block: PlacedBlock, stretch: Stretch): boolean {
  return block.top < stretch.bottom && block.top + block.height > stretch.top;
}
