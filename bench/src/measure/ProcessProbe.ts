import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** How long the event loop of a process was busy with one thing, beyond the time that was asked for. */
export interface EventLoopDelay {
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** Memory of a process after a garbage collection, in bytes. */
export interface ProcessMemory {
  residentBytes: number;
  heapBytes: number;
}

/** Measures another process from inside; it is started with {@link ProcessProbe.environment}. */
export class ProcessProbe {
  readonly #file: string;

  /** @param directory - where the two processes meet */
  constructor(directory: string) {
    this.#file = path.join(directory, 'probe.json');
  }

  get environment(): Record<string, string> {
    // eslint-disable-next-line no-restricted-syntax -- this package only ever runs from its sources
    const probe = path.resolve(__dirname, '../probe/processProbe.cjs');
    return { NODE_OPTIONS: `--require ${probe}`, LEITSTAND_BENCH_PROBE: this.#file };
  }

  /** The memory now, and the delay since the last call or the start. @throws when there is no answer within 10 s */
  async read(pid: number): Promise<{ delay: EventLoopDelay; memory: ProcessMemory }> {
    await rm(this.#file, { force: true });
    process.kill(pid, 'SIGUSR2');
    for (let attempt = 0; attempt < 500; attempt++) {
      try {
        return JSON.parse(await readFile(this.#file, 'utf8'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    }
    throw new Error('The measured process does not answer');
  }
}
