import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A command that goes on until what it follows is over. */
export interface RunningCommand {
  /** What it has written so far. */
  readonly output: string;
  /** What it has said about itself so far, on its error output. */
  readonly messages: string;
  /** Its exit code. */
  ended: Promise<number | null>;
  stop(): void;
}

/** The command line client with a kubeconfig and a home of its own. */
export interface Kubectl extends AsyncDisposable {
  /** Runs a command and returns what it writes. @throws Error with its messages when it fails */
  (...args: string[]): Promise<string>;
  /** Like the command itself with an object as JSON. */
  json<T>(...args: string[]): Promise<T>;
  /** Writes a manifest into the home and returns its path. */
  manifest(object: object): Promise<string>;
  start(...args: string[]): RunningCommand;
}

/** Is there a `kubectl` on this machine? */
export function hasKubectl(): boolean {
  return spawnSync('kubectl', ['version', '--client']).status === 0;
}

/** @param kubeconfig - its text; the namespace of its current context is the one that commands are for */
export async function openKubectl(kubeconfig: string): Promise<Kubectl> {
  const home = await mkdtemp(join(tmpdir(), 'leitstand-kubectl-'));
  const config = join(home, 'config');
  await writeFile(config, kubeconfig, { mode: 0o600 });
  const options = { env: { PATH: process.env.PATH, HOME: home, KUBECONFIG: config } };
  const command = async (...args: string[]) => (await run('kubectl', args, options)).stdout;
  let manifestCount = 0;
  return Object.assign(command, {
    json: async <T>(...args: string[]) => JSON.parse(await command(...args, '-o', 'json')) as T,
    manifest: async (object: object) => {
      manifestCount += 1;
      const file = join(home, `${manifestCount}.json`);
      await writeFile(file, JSON.stringify(object));
      return file;
    },
    start: (...args: string[]): RunningCommand => {
      const child = spawn('kubectl', args, options);
      const chunks: string[] = [];
      child.stdout.on('data', chunk => chunks.push(String(chunk)));
      const messages: string[] = [];
      child.stderr.on('data', chunk => messages.push(String(chunk)));
      const ended = new Promise<number | null>(resolve => {
        child.on('close', resolve);
      });
      return {
        get output() {
          return chunks.join('');
        },
        get messages() {
          return messages.join('');
        },
        ended,
        stop: () => void child.kill(),
      };
    },
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }),
  });
}
