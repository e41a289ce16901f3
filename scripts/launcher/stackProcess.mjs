/** One process of the stack: how it is started, and how one waits until it is of use. */
import { join } from 'node:path';
import { LauncherError } from './errors.mjs';
import { withNode } from './node.mjs';
import { CACHE_DIRECTORY, LOG_DIRECTORY, ROOT } from './paths.mjs';
import { startChild } from './processes.mjs';

const READY_TIMEOUT_MS = 120_000;
const POLL_INTERVAL_MS = 100;
const POLL_TIMEOUT_MS = 5_000;
const READY_LINE = 'HOMELAB_READY ';

const ENTRIES = {
  homelab: join(ROOT, 'homelab', 'src', 'main.ts'),
  backend: join(ROOT, 'packages', 'backend', 'src', 'index.ts'),
};

/**
 * @typedef {object} StackProcess
 * @property {'homelab' | 'backend'} name
 * @property {import('./processes.mjs').Child} child
 * @property {string} logFile
 * @property {Promise<object>} readyMessage what follows HOMELAB_READY on stdout; pending if that is never printed
 * @property {AbortController} polling aborted when nobody waits for the process any more
 */

/**
 * Starts a process from its TypeScript sources: nothing has to be built before.
 *
 * @param {'homelab' | 'backend'} name
 * @param {{ arguments: string[], env?: NodeJS.ProcessEnv }} settings
 * @param {import('./stack.mjs').StackOptions} options
 * @returns {StackProcess}
 */
export function startStackProcess(name, settings, options) {
  const node = options.node ?? process.execPath;
  const transform = join(ROOT, 'node_modules', '@backstage', 'cli-node', 'config', 'nodeTransform.cjs');
  const guard = join(ROOT, 'scripts', 'launcher', 'parentGuard.cjs');
  const entry = options.entries?.[name] ?? ENTRIES[name];
  const logFile = join(options.logDirectory ?? LOG_DIRECTORY, `${name}.log`);
  const message = withResolvers();
  message.promise.catch(() => undefined); // reported to whoever waits for it; the backend has none
  const child = startChild({
    command: node,
    arguments: ['--require', guard, '--require', transform, entry, ...settings.arguments],
    cwd: ROOT,
    env: {
      ...withNode(node),
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: join(CACHE_DIRECTORY, 'compiled'),
      ...settings.env,
    },
    logFile,
    onLine: line => readReadyLine(line, message),
  });
  const polling = new AbortController();
  void child.exited.then(() => polling.abort());
  return { name, child, logFile, readyMessage: message.promise, polling };
}

/** Promise.withResolvers is not there on Node 20. */
function withResolvers() {
  const resolvers = {};
  resolvers.promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
  return resolvers;
}

function readReadyLine(line, { resolve, reject }) {
  if (!line.startsWith(READY_LINE)) return false;
  try {
    resolve(JSON.parse(line.slice(READY_LINE.length)));
  } catch (cause) {
    reject(new LauncherError('not-ready', 'The ready message of the homelab is not JSON.', { cause }));
  }
  return true;
}

/**
 * Whichever comes first: ready, the process's end, the time limit, the person's Ctrl-C.
 *
 * @template T
 * @param {StackProcess} running
 * @param {Promise<T>} ready
 * @param {import('./stack.mjs').StackOptions} options
 * @returns {Promise<T>}
 * @throws {LauncherError} `child-ended`, `not-ready`, `interrupted`
 */
export async function untilReady(running, ready, options) {
  options.signal?.throwIfAborted();
  const timeoutMs = options.readyTimeoutMs ?? READY_TIMEOUT_MS;
  const waiting = new AbortController();
  const ended = running.child.exited.then(() => Promise.reject(endedError(running)));
  const givenUp = new Promise((_, reject) => {
    const timer = setTimeout(() => {
      const message = `The ${running.name} did not answer within ${timeoutMs / 1000} s.`;
      reject(new LauncherError('not-ready', message, logDetails(running)));
    }, timeoutMs);
    waiting.signal.addEventListener('abort', () => clearTimeout(timer));
    options.signal?.addEventListener('abort', () => reject(options.signal.reason), { signal: waiting.signal });
  });
  try {
    return await Promise.race([ready, ended, givenUp]);
  } finally {
    waiting.abort();
    running.polling.abort();
  }
}

/**
 * @param {StackProcess} running a process that ended by itself
 * @returns {LauncherError}
 */
export function endedError(running) {
  return new LauncherError('child-ended', `The ${running.name} ended unexpectedly.`, logDetails(running));
}

function logDetails(running) {
  return {
    hint: 'The lines above say why. If the stored state may be the cause: npm start -- --reset',
    logFile: running.logFile,
    logTail: running.child.logTail(),
  };
}

/**
 * Polls until the backend says that it is ready and serves the page.
 *
 * @param {string} url of the portal
 * @param {AbortSignal} signal ends the polling; the promise resolves then as well
 * @returns {Promise<void>}
 */
export async function untilAnswers(url, signal) {
  for (const path of ['/.backstage/health/v1/readiness', '/']) {
    while (!signal.aborted && !(await isOk(url + path))) {
      await new Promise(resolve => setTimeout(resolve, POLL_INTERVAL_MS));
    }
  }
}

async function isOk(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(POLL_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // not listening yet; the time limit and the process's end are watched elsewhere
  }
}
