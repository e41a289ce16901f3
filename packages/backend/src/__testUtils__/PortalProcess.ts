import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const repositoryRoot = resolve(__dirname, '../../../..');

/** How one process of the server is started. */
export interface PortalProcessOptions {
  port: number;
  /** Where its databases are; they outlive the process. */
  state: string;
  /** Configuration after app-config.yaml. */
  config: object;
}

/** The server from its source as a process of its own, which can be killed; with what every installation shares. */
export class PortalProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #url: string;
  /** What it printed about errors. */
  readonly #errors: string[] = [];

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.#url = `http://127.0.0.1:${port}`;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', chunk => {
        const lines = String(chunk).split('\n');
        this.#errors.push(...lines.filter(line => /error/i.test(line)));
      });
    }
  }

  /** @throws Error with the errors that it printed when it ends before it is ready */
  static async start({ port, state, config }: PortalProcessOptions): Promise<PortalProcess> {
    const file = join(state, 'app-config.trial.yaml');
    await writeFile(file, JSON.stringify(config));
    const transform = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');
    const script = join(repositoryRoot, 'packages/backend/src/index.ts');
    const files = ['--config', 'app-config.yaml', '--config', file];
    const child = spawn(process.execPath, ['--require', transform, script, ...files], {
      cwd: repositoryRoot,
      // The compiler keeps its native part below the home directory.
      env: { PATH: process.env.PATH, HOME: process.env.HOME, LEITSTAND_PORT: String(port), LEITSTAND_STATE: state },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const portal = new PortalProcess(child, port);
    while (!(await portal.#isReady())) {
      if (child.exitCode !== null) throw new Error(`The server ended: ${portal.#errors.join('\n')}`);
      await setTimeout(100);
    }
    return portal;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.#url}/.backstage/health/v1/readiness`);
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false; // it does not listen
    }
  }
}
