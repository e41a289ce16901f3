import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** How long the event loop of a process was busy with one thing, beyond the time that was asked for. */
export interface EventLoopDelay {
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** Measures the event loop of another process, which is started with {@link EventLoopProbe.environment}. */
export class EventLoopProbe {
  readonly #file: string;

  /** @param directory - where the two processes meet */
  constructor(directory: string) {
    this.#file = path.join(directory, 'event-loop.json');
  }

  get environment(): Record<string, string> {
    // eslint-disable-next-line no-restricted-syntax -- this package only ever runs from its sources
    const probe = path.resolve(__dirname, '../probe/eventLoopDelay.cjs');
    return { NODE_OPTIONS: `--require ${probe}`, LEITSTAND_BENCH_EVENT_LOOP: this.#file };
  }

  /** What was measured since the last call, or the start. @throws when the process does not answer within 10 s */
  async read(pid: number): Promise<EventLoopDelay> {
    await rm(this.#file, { force: true });
    process.kill(pid, 'SIGUSR2');
    for (let attempt = 0; attempt < 500; attempt++) {
      try {
        return JSON.parse(await readFile(this.#file, 'utf8')) as EventLoopDelay;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    }
    throw new Error('The measured process does not answer');
  }
}
