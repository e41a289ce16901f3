import { ResponseError } from '@backstage/errors';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { appendLogLines, backoffMs, delay, emptyLogBuffer, type LogBuffer } from '@leitstand/plugin-kit-react';
import type { PodLogLine, PodRef } from '@leitstand/plugin-rollouts-common';
import type { RolloutsApi } from '../api';
import { advance, LogResumer, type LogPosition } from './resumeLog';

/** Which log, and how much of it. */
export interface PodLogRequest extends PodRef {
  container: string;
  /** Of the container's previous run. */
  isPrevious: boolean;
  /** Newest lines to begin with. */
  tailLines: number;
  /** Goes on with what is written from now on. */
  isFollowing: boolean;
}

/**
 * How reading goes: `waiting` follows a log that has broken off or cannot be had yet, and tries again by itself;
 * `ended` has read all there was; `failed` would fail again.
 */
export type PodLogPhase = 'opening' | 'reading' | 'waiting' | 'ended' | 'failed';

/** What is known of a log. */
export interface PodLogState {
  phase: PodLogPhase;
  /** Why it failed or waits; undefined where the log simply broke off, for example because the container ended. */
  error: unknown;
  buffer: LogBuffer;
  /** Whether lines may be missing that were written while there was no connection. */
  hasGap: boolean;
}

/** What a {@link PodLogReader} needs, and its times. */
export interface PodLogReaderOptions {
  rollouts: Pick<RolloutsApi, 'streamPodLog'>;
  request: PodLogRequest;
  /** Hears of each new state. */
  onChange: (state: PodLogState) => void;
  /** How long lines are gathered before they are told of. Default: 100. */
  gatherMs?: number;
  /** Default: `Math.random`. */
  random?: () => number;
  /** Waits before another attempt. Default: by timer. */
  delay?: (durationMs: number, signal: AbortSignal) => Promise<void>;
}

/** Before anything is known. */
export const initialPodLogState: PodLogState = {
  phase: 'opening',
  error: undefined,
  buffer: emptyLogBuffer,
  hasGap: false,
};

/** After a break so many lines are asked for, to find where it was. */
const resumeLineCount = 5_000;

/** Reads one container's log until it is closed. While following it comes back by itself, without repeating a line. */
export class PodLogReader {
  readonly #options: Required<PodLogReaderOptions>;
  readonly #controller = new AbortController();
  #state = initialPodLogState;
  #position: LogPosition | undefined;
  #gathered: PodLogLine[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;

  private constructor(options: PodLogReaderOptions) {
    this.#options = { gatherMs: 100, random: Math.random, delay, ...options };
  }

  /** Begins to read. */
  static open(options: PodLogReaderOptions): PodLogReader {
    const reader = new PodLogReader(options);
    void reader.#run();
    return reader;
  }

  /** Ends the request and tells nothing from here on. */
  close(): void {
    this.#controller.abort();
    clearTimeout(this.#gathering);
  }

  async #run(): Promise<void> {
    const { signal } = this.#controller;
    const { request, random } = this.#options;
    for (let attempt = 0; !signal.aborted; attempt++) {
      let failure: unknown;
      try {
        if ((await this.#readOnce()) > 0) attempt = 0;
      } catch (error) {
        failure = error;
      }
      if (signal.aborted) return;
      if (failure !== undefined && !(request.isFollowing && isPassing(failure))) {
        this.#tell({ phase: 'failed', error: failure });
        return;
      }
      this.#tell({ phase: request.isFollowing ? 'waiting' : 'ended', error: failure });
      if (!request.isFollowing) return;
      await this.#options.delay(backoffMs(attempt, random()), signal);
    }
  }

  /** Reads until the log breaks off; returns how many new lines there were. */
  async #readOnce(): Promise<number> {
    const { cluster, namespace, pod, container, isPrevious, isFollowing, tailLines } = this.#options.request;
    const resumer = new LogResumer(this.#position);
    let count = 0;
    const batches = this.#options.rollouts.streamPodLog(
      { cluster, namespace, pod },
      {
        container,
        previous: isPrevious ? 'true' : 'false',
        follow: isFollowing ? 'true' : 'false',
        tailLines: this.#position ? resumeLineCount : tailLines,
      },
      { signal: this.#controller.signal },
    );
    for await (const batch of batches) {
      const lines = resumer.take(batch);
      count += lines.length;
      this.#position = advance(this.#position, lines);
      if (resumer.hasGap) this.#state = { ...this.#state, hasGap: true };
      this.#gather(lines);
    }
    return count;
  }

  #gather(lines: readonly PodLogLine[]): void {
    this.#gathered.push(...lines);
    if (this.#state.phase === 'reading') this.#gathering ??= setTimeout(() => this.#tell({}), this.#options.gatherMs);
    else this.#tell({ phase: 'reading', error: undefined });
  }

  #tell(change: Partial<PodLogState>): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#controller.signal.aborted) return;
    this.#state = { ...this.#state, ...change, buffer: appendLogLines(this.#state.buffer, this.#gathered) };
    this.#gathered = [];
    this.#options.onChange(this.#state);
  }
}

/** A container that has not started yet, a server that is busy, a connection that broke: the next attempt may succeed. */
function isPassing(error: unknown): boolean {
  if (errorCodeOf(error) === 'LOG_NOT_AVAILABLE') return true;
  if (!(error instanceof ResponseError)) return true;
  return error.statusCode >= 500 || [401, 408, 429].includes(error.statusCode);
}
