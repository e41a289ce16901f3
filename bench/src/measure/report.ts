import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** One line of a benchmark's report: what, how much, and the goal where there is one. */
export interface Figure {
  what: string;
  value: string;
  goal?: string;
  /** Undefined where there is no goal. A missed goal is reported, never a failed test. */
  isMet?: boolean;
}

// eslint-disable-next-line no-restricted-syntax -- this package only ever runs from its sources
const resultDirectory = path.resolve(__dirname, '../../../.leitstand/bench');

/** Prints the figures and keeps them as `.leitstand/bench/<name>.json`. */
export async function report(name: string, figures: Figure[]): Promise<void> {
  const lines = figures.map(({ what, value, goal, isMet }) => {
    const verdict = isMet === undefined ? '' : isMet ? '  (met)' : '  (MISSED)';
    return `  ${what.padEnd(58)} ${value}${goal ? `  goal: ${goal}${verdict}` : ''}`;
  });
  process.stdout.write(`\n${name}\n${lines.join('\n')}\n`);
  await mkdir(resultDirectory, { recursive: true });
  await writeFile(path.join(resultDirectory, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
}

/** `12.3 ms`, or seconds from one second on. */
export function inUnits(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** `12.3 MiB` */
export function inMebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
