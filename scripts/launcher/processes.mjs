/** Child processes with one owner: each has a log, an end that can be awaited, and a stop that always works. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { LauncherError, explainOutput } from './errors.mjs';

/** How many lines of a log are shown when a step fails. */
export const LOG_TAIL_COUNT = 30;
const LINE_LENGTH_LIMIT = 300;

/**
 * @typedef {object} ChildOptions
 * @property {string} command
 * @property {string[]} arguments
 * @property {string} [cwd] the repository by default
 * @property {NodeJS.ProcessEnv} [env] the launcher's own by default
 * @property {string} logFile receives stdout and stderr; replaced at start
 * @property {(line: string) => boolean | void} [onLine] called with each line of stdout; a line for which it returns true
 *   holds secrets and is not logged
 *
 * @typedef {object} Child
 * @property {number | undefined} pid undefined if it could not be started
 * @property {Promise<{ code: number, signal?: string }>} exited never rejects; a program that cannot be started has
 *   code 127
 * @property {(graceMs?: number) => Promise<void>} stop SIGTERM, after `graceMs` (default 10,000) SIGKILL; to the child
 *   and to everything that it started
 * @property {() => string[]} logTail the last lines of its log
 */

/**
 * Starts a program in a process group of its own, so that a Ctrl-C reaches the launcher only, which then stops its
 * children in order. The child's stdin stays open as long as the launcher lives: `parentGuard.cjs` ends a child when it
 * closes, even if the launcher was killed.
 *
 * @param {ChildOptions} options
 * @returns {Child}
 */
export function startChild(options) {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'w');
  const child = spawn(options.command, options.arguments, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = followExit(child, log);
  child.stdin.on('error', () => undefined); // the child may end before us; its exit is reported by `exited`
  child.stderr.on('data', chunk => writeSync(log, chunk));
  createInterface({ input: child.stdout }).on('line', line => {
    const isSecret = options.onLine?.(line) === true;
    writeSync(log, `${isSecret ? '(a line that is not logged)' : line}\n`);
  });
  return {
    pid: child.pid,
    exited,
    stop: (graceMs = 10_000) => stopGroup(child, exited, graceMs),
    logTail: () => readLogTail(options.logFile),
  };
}

function followExit(child, log) {
  return new Promise(resolve => {
    let isSettled = false;
    const settle = result => {
      if (isSettled) return;
      isSettled = true;
      closeSync(log);
      resolve(result);
    };
    child.once('error', error => {
      writeSync(log, `${error.message}\n`);
      settle({ code: 127 });
    });
    child.once('close', (code, signal) => {
      settle(signal ? { code: 128 + (constants.signals[signal] ?? 0), signal } : { code: code ?? 0 });
    });
  });
}

async function stopGroup(child, exited, graceMs) {
  if (child.pid === undefined) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
  signalGroup(child.pid, 'SIGKILL'); // what the child itself left behind
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * @param {string} text
 * @returns {string[]} what is shown of a log: its last lines, none longer than a terminal can bear
 */
export function lastLines(text) {
  return text
    .trimEnd()
    .split('\n')
    .slice(-LOG_TAIL_COUNT)
    .map(line => (line.length > LINE_LENGTH_LIMIT ? `${line.slice(0, LINE_LENGTH_LIMIT)} …` : line));
}

/**
 * @param {string} logFile
 * @returns {string[]} its last lines; none if there is no such file
 */
function readLogTail(logFile) {
  try {
    return lastLines(readFileSync(logFile, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Runs a program to its end.
 *
 * @param {ChildOptions & { title: string, hint?: string, signal?: AbortSignal, acceptCodes?: number[] }} options
 *   `title` names the step in messages; `acceptCodes` (default [0]) are the exit codes that are no failure
 * @returns {Promise<number>} its exit code
 * @throws {LauncherError} with the recognised cause, or `step-failed`; `interrupted` when the signal was aborted
 */
export async function runToEnd(options) {
  options.signal?.throwIfAborted();
  const child = startChild(options);
  const abort = () => void child.stop(3_000);
  options.signal?.addEventListener('abort', abort, { once: true });
  const { code, signal } = await child.exited;
  options.signal?.removeEventListener('abort', abort);
  options.signal?.throwIfAborted();
  if ((options.acceptCodes ?? [0]).includes(code)) return code;
  const logTail = child.logTail();
  const explained = code === 0 ? undefined : explainOutput(logTail.join('\n'));
  throw new LauncherError(
    explained?.code ?? 'step-failed',
    `${options.title}: ${explained?.message ?? (signal ? `ended by ${signal}` : `failed with exit code ${code}`)}`,
    {
      hint: explained?.hint ?? options.hint ?? 'Read the log. Running the same command again is safe.',
      logFile: options.logFile,
      logTail,
    },
  );
}
