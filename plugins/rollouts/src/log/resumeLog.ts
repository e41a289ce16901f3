import type { PodLogLine } from '@leitstand/plugin-rollouts-common';

/** How far a log was read: the time of its last line, and how many lines of just that time there were. */
export interface LogPosition {
  at: string;
  sameTimeCount: number;
}

/** Moves the position behind these lines. Lines without a time do not move it. */
export function advance(position: LogPosition | undefined, lines: readonly PodLogLine[]): LogPosition | undefined {
  return lines.reduce((last, { at }) => {
    if (at === undefined) return last;
    return last?.at === at ? { at, sameTimeCount: last.sameTimeCount + 1 } : { at, sameTimeCount: 1 };
  }, position);
}

/** Leaves out of a log that is read again what was read before. One per connection. */
export class LogResumer {
  readonly #position: LogPosition | undefined;
  #isPast = false;
  #knownCount = 0;
  #sameTimeCount = 0;

  constructor(position: LogPosition | undefined) {
    this.#position = position;
    this.#isPast = position === undefined;
  }

  /** True once new lines came and none that is known came before them: there may be lines between that nobody has seen. */
  get hasGap(): boolean {
    return this.#position !== undefined && this.#isPast && this.#knownCount === 0;
  }

  /** The lines of these that are new. */
  take(lines: readonly PodLogLine[]): readonly PodLogLine[] {
    if (this.#isPast) return lines;
    const first = lines.findIndex(line => !this.#isKnown(line));
    if (first === -1) return [];
    this.#isPast = true;
    return lines.slice(first);
  }

  #isKnown({ at }: PodLogLine): boolean {
    if (!this.#position || at === undefined) return false;
    const order = compareTimes(at, this.#position.at);
    if (order === 0) this.#sameTimeCount += 1;
    const isKnown = order < 0 || (order === 0 && this.#sameTimeCount <= this.#position.sameTimeCount);
    if (isKnown) this.#knownCount += 1;
    return isKnown;
  }
}

/** Orders times by all their nine digits, of which `Date` keeps three; trailing zeros may be left out. */
function compareTimes(left: string, right: string): number {
  return Date.parse(left) - Date.parse(right) || nanosecondsOf(left) - nanosecondsOf(right);
}

function nanosecondsOf(at: string): number {
  return Number((/\.(\d+)/.exec(at)?.[1] ?? '').padEnd(9, '0').slice(0, 9));
}
