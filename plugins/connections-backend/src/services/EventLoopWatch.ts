import type { EventLoopSlot } from '@leitstand/plugin-connections-common';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How the event loop is watched. Times are milliseconds. */
export interface EventLoopWatchOptions {
  /** Length of a slot. Default: 10,000. */
  slotMs?: number;
  /** How many slots are kept; the oldest goes first. Default: 60. */
  maxCount?: number;
}

/** How finely Node looks; what it measures is late by so much when nothing is. */
const resolutionMs = 20;

/** How late the event loop comes round, as far back as the last ten minutes, in memory. It ends when it is disposed of. */
export class EventLoopWatch implements Disposable {
  readonly #histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #maxCount: number;
  readonly #timer: NodeJS.Timeout;
  #slots: EventLoopSlot[] = [];

  constructor({ slotMs = 10_000, maxCount = 60 }: EventLoopWatchOptions = {}) {
    this.#maxCount = maxCount;
    this.#histogram.enable();
    this.#timer = setInterval(() => this.#endSlot(), slotMs);
    this.#timer.unref();
  }

  /** Complete slots, oldest first. */
  get slots(): readonly EventLoopSlot[] {
    return this.#slots;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#histogram.disable();
  }

  #endSlot(): void {
    const { count, max } = this.#histogram;
    const p99 = this.#histogram.percentile(99);
    this.#histogram.reset();
    if (count === 0) return;
    const slot = { at: new Date().toISOString(), p99Ms: latenessOf(p99), maxMs: latenessOf(max) };
    this.#slots = [...this.#slots, slot].slice(-this.#maxCount);
  }
}

/** Milliseconds to the tenth. Node counts the whole time between two looks. */
function latenessOf(nanoseconds: number): number {
  return Math.round(Math.max(0, nanoseconds / 1e6 - resolutionMs) * 10) / 10;
}
