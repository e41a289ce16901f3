/** The whole of Leitstand as two processes: the homelab, and the backend that serves the built app. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LauncherError } from './errors.mjs';
import { ROOT } from './paths.mjs';
import { findFreePort } from './ports.mjs';
import { endedError, startStackProcess, untilAnswers, untilReady } from './stackProcess.mjs';

/**
 * @typedef {object} StackOptions
 * @property {number} port of the portal; 0 takes a free one
 * @property {string} stateDir absolute; databases and the homelab's state; made if it is not there
 * @property {string[]} [extraConfigs] configuration files that override all others
 * @property {string[]} [defaultConfigs] configuration files that override the shipped ones, but not `app-config.local.yaml`
 * @property {Record<string, string>} [env] added to the backend's environment
 * @property {(text: string) => void} [log] told what happens; default: nothing
 * @property {string} [logDirectory] default `.leitstand/logs`
 * @property {string} [node] program to run them on; default: the running one
 * @property {AbortSignal} [signal] ends the start
 * @property {{ homelab?: string, backend?: string }} [entries] for tests and baselines: what is run instead of the shipped entry points
 * @property {number} [readyTimeoutMs] default 120,000
 *
 * @typedef {object} Stack
 * @property {string} url of the portal, for example "http://localhost:7007"
 * @property {{ environment: Record<string, string>, systems: { name: string, url: string }[],
 *   signIns: { name: string, role: string, note: string }[] }} homelab what the homelab said when it was ready
 * @property {{ homelab: number, backend: number }} pids
 * @property {Promise<LauncherError>} failed resolves if one of the processes ends by itself; the other one is stopped then
 * @property {() => Promise<void>} stop ends both, the backend first; may be called again
 */

/**
 * Starts homelab and backend and waits until the portal answers.
 *
 * @param {StackOptions} options
 * @returns {Promise<Stack>}
 * @throws {LauncherError} `app-not-built`; `child-ended` or `not-ready`, with the end of the log; `interrupted`. Nothing is left running.
 */
export async function startStack(options) {
  assertAppBuilt(options);
  const port = options.port || (await findFreePort());
  const url = `http://localhost:${port}`;
  await mkdir(join(options.stateDir, 'homelab'), { recursive: true });
  const children = [];
  let isStopping = false;
  const stop = async () => {
    isStopping = true; // an end that was asked for is no failure
    for (const { child } of [...children].reverse()) await child.stop();
  };
  const start = (name, settings) => {
    const running = startStackProcess(name, settings, options);
    children.push(running);
    return running;
  };
  try {
    const homelab = start('homelab', {
      arguments: ['--state', join(options.stateDir, 'homelab'), '--portal-url', url],
    });
    const ready = await untilReady(homelab, homelab.readyMessage, options);
    options.log?.('homelab ready');
    const backend = start('backend', {
      arguments: configArguments(options),
      env: { ...ready.environment, LEITSTAND_PORT: String(port), LEITSTAND_STATE: options.stateDir, ...options.env },
    });
    await untilReady(backend, untilAnswers(url, backend.polling.signal), options);
    options.log?.('backend ready');
    const failed = new Promise(resolve => {
      for (const running of children) {
        void running.child.exited.then(async () => {
          if (isStopping) return;
          await stop();
          resolve(endedError(running));
        });
      }
    });
    return { url, homelab: ready, pids: { homelab: homelab.child.pid, backend: backend.child.pid }, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Without it the backend would answer every page with 404. */
function assertAppBuilt(options) {
  if (options.entries?.backend || existsSync(join(ROOT, 'packages', 'app', 'dist', 'index.html'))) return;
  throw new LauncherError('app-not-built', 'The app is not built.', {
    hint: 'npm start and npm run e2e build it; or run `yarn build` in packages/app.',
  });
}

/**
 * The configuration of `npm start`, in the order in which later files win.
 *
 * @param {Pick<StackOptions, 'defaultConfigs' | 'extraConfigs'>} options
 * @returns {string[]} arguments for the backend
 */
export function configArguments({ defaultConfigs = [], extraConfigs = [] }) {
  const local = join(ROOT, 'app-config.local.yaml');
  return [
    ...['app-config.yaml', 'app-config.homelab.yaml'].map(name => join(ROOT, name)),
    ...defaultConfigs,
    ...(existsSync(local) ? [local] : []),
    ...extraConfigs,
  ].flatMap(file => ['--config', file]);
}
