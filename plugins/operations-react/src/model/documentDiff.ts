import { diffLines } from 'diff';

/** One line of a unified view. Line numbers start at 1 and are absent on the side where the line is not. */
export interface DiffLine {
  kind: 'unchanged' | 'removed' | 'added';
  text: string;
  beforeLine?: number;
  afterLine?: number;
}

/** A stretch of lines; `isFolded` marks unchanged lines far from any change. */
export interface DiffSection {
  isFolded: boolean;
  lines: DiffLine[];
}

/** How many lines differ. */
export interface DiffCounts {
  added: number;
  removed: number;
}

/** Unchanged lines that stay visible around a change, as `diff -u` has it. */
const contextLineCount = 3;
/** Fewer unchanged lines than this are not worth folding. */
const leastFoldedLineCount = 6;
/** Past this many edits the two sides are shown one after the other: an exact diff would block the page. */
const maxEditLength = 5_000;

/** Compares two documents line by line. */
export function diffDocument(before: string, after: string): DiffLine[] {
  const changes = diffLines(withFinalNewline(before), withFinalNewline(after), { maxEditLength }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  let beforeLine = 0;
  let afterLine = 0;
  return changes.flatMap(change =>
    linesOf(change.value).map((text): DiffLine => {
      if (change.removed) return { kind: 'removed', text, beforeLine: ++beforeLine };
      if (change.added) return { kind: 'added', text, afterLine: ++afterLine };
      return { kind: 'unchanged', text, beforeLine: ++beforeLine, afterLine: ++afterLine };
    }),
  );
}

/** Splits a diff into what is shown at once and what is folded away. The lines of all sections are the whole diff. */
export function foldUnchanged(lines: DiffLine[]): DiffSection[] {
  const isNear = nearChange(lines);
  const sections: DiffSection[] = [];
  for (const [index, line] of lines.entries()) {
    const isFolded = !isNear[index];
    const last = sections.at(-1);
    if (last?.isFolded === isFolded) last.lines.push(line);
    else sections.push({ isFolded, lines: [line] });
  }
  return sections.reduce<DiffSection[]>((merged, section) => {
    const isFolded = section.isFolded && section.lines.length >= leastFoldedLineCount;
    const last = merged.at(-1);
    if (last && !last.isFolded && !isFolded) last.lines.push(...section.lines);
    else merged.push({ isFolded, lines: [...section.lines] });
    return merged;
  }, []);
}

export function countDiff(lines: DiffLine[]): DiffCounts {
  return {
    added: lines.filter(line => line.kind === 'added').length,
    removed: lines.filter(line => line.kind === 'removed').length,
  };
}

function nearChange(lines: DiffLine[]): boolean[] {
  const isNear = lines.map(() => false);
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'unchanged') continue;
    isNear.fill(true, Math.max(0, index - contextLineCount), index + contextLineCount + 1);
  }
  return isNear;
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** A missing final newline is no change that a person cares about. */
function withFinalNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
