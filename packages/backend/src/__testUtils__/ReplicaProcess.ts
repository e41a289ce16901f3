import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** How one process of the portal is started. */
export interface ReplicaOptions {
  /** Where the bundle is installed. */
  directory: string;
  /** Configuration after the two files of the bundle. */
  config: string;
  port: number;
  environment: Record<string, string>;
  /** Receives what it prints, process after process. */
  logFile: string;
}

/** One replica: the production bundle as a process that can be restarted. */
export class ReplicaProcess implements AsyncDisposable {
  readonly url: string;
  readonly #options: ReplicaOptions;
  #child: ChildProcess | undefined;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.url = `http://127.0.0.1:${options.port}`;
  }

  start(): void {
    const { directory, config, port, environment, logFile } = this.#options;
    const files = ['app-config.yaml', 'app-config.production.yaml', config].flatMap(file => ['--config', file]);
    const child = spawn(process.execPath, ['packages/backend', ...files], {
      cwd: directory,
      env: { ...environment, PATH: process.env.PATH, NODE_ENV: 'production', LEITSTAND_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    void once(child, 'close').then(() => log.end());
    this.#child = child;
  }

  /** Resolves when it says that it is ready. @throws Error when it ended instead */
  async untilReady(): Promise<void> {
    while ((await this.readiness()) !== 200) {
      if (this.#child?.exitCode !== null) throw new Error(`The replica ended: see ${this.#options.logFile}`);
      await setTimeout(100);
    }
  }

  /** Status of its readiness; undefined while it does not listen. */
  async readiness(): Promise<number | undefined> {
    try {
      const response = await fetch(`${this.url}/.backstage/health/v1/readiness`);
      await response.body?.cancel();
      return response.status;
    } catch {
      return undefined; // it does not listen
    }
  }

  /** Asks it to end. @returns its exit code, and what its readiness said on the way, without repetitions */
  async stop(): Promise<{ exitCode: number | null; readiness: (number | undefined)[] }> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return { exitCode: child?.exitCode ?? null, readiness: [] };
    const readiness: (number | undefined)[] = [];
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    while (child.exitCode === null && child.signalCode === null) {
      const status = await this.readiness();
      if (readiness.at(-1) !== status || readiness.length === 0) readiness.push(status);
      await setTimeout(20);
    }
    const [exitCode] = (await exited) as [number | null];
    return { exitCode, readiness };
  }

  async [Symbol.asyncDispose]() {
    if (this.#child?.exitCode === null) {
      this.#child.kill('SIGKILL');
      await once(this.#child, 'exit');
    }
  }
}
