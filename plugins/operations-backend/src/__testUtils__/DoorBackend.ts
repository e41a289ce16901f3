import { OperationsClient } from '@leitstand/plugin-operations-common';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';

/** A backend with the door as a process of its own, which can be killed, and stopped for longer than its leases live. */
export class DoorBackend {
  /** Resolves when it answers. */
  readonly started: Promise<void>;
  readonly #child: ChildProcess;
  #client: OperationsClient | undefined;

  /**
   * @param connection - of a PostgreSQL database
   * @param tallies - address of the upstream
   */
  constructor(connection: string, tallies: string) {
    const transform = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');
    const script = path.join(__dirname, 'doorProcess.ts');
    const token = randomUUID();
    this.#child = spawn(process.execPath, ['--require', transform, script, connection, tallies, token], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.started = new Promise((resolve, reject) => {
      this.#child.stdout?.once('data', port => {
        this.#client = clientOf(`http://127.0.0.1:${Number(port)}`, token);
        resolve();
      });
      this.#child.once('exit', code => reject(new Error(`The backend ended with ${code}`)));
    });
    this.started.catch(() => {}); // told to whoever waits for it
  }

  /** Of its routes. @throws Error before it has started */
  get client(): OperationsClient {
    if (this.#client) return this.#client;
    throw new Error('The backend has not started yet');
  }

  get isStarted(): boolean {
    return this.#client !== undefined;
  }

  /** Whether a lease with this name of an owner is its own. */
  owns(leaseOwner: string | null): boolean {
    return leaseOwner?.includes(` ${this.#child.pid} `) ?? false;
  }

  suspend(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  /** Ends it, by SIGKILL unless asked otherwise. @returns its exit code, null when a signal ended it */
  async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill(signal);
      await ended;
    }
    return this.#child.exitCode;
  }
}

function clientOf(baseUrl: string, token: string): OperationsClient {
  return new OperationsClient({
    discoveryApi: { getBaseUrl: async () => `${baseUrl}/api/operations` },
    fetchApi: {
      fetch: (input, init) =>
        fetch(input, { ...init, headers: { ...init?.headers, Authorization: `Bearer ${token}` } }),
    },
  });
}
