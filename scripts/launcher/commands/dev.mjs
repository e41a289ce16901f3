import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LauncherError } from '../errors.mjs';
import { withNode } from '../node.mjs';
import { LOG_DIRECTORY, ROOT, STATE_DIRECTORY, STATE_LOCK_FILE } from '../paths.mjs';
import { assertPortFree } from '../ports.mjs';
import { startChild } from '../processes.mjs';
import { lockState } from '../stateLock.mjs';
import { startStackProcess, untilReady } from '../stackProcess.mjs';
import { prepare } from './prepare.mjs';

const BACKEND_PORT = 7007;
const APP_PORT = 3000;

/**
 * `yarn dev`: the homelab, the backend restarted when its sources change, and the app with live reload.
 *
 * @param {import('./context.mjs').CommandContext} context
 * @returns {Promise<number>} exit code
 * @throws {LauncherError}
 */
export async function dev(context) {
  for (const port of [BACKEND_PORT, APP_PORT]) await assertPortFree(port);
  const prepared = await prepare(context);
  const release = await lockState(STATE_LOCK_FILE);
  try {
    return await serve(prepared);
  } finally {
    await release();
  }
}

async function serve({ node, signal, steps }) {
  const state = join(STATE_DIRECTORY, 'homelab');
  await mkdir(state, { recursive: true });
  const homelab = startStackProcess(
    'homelab',
    { arguments: ['--state', state, '--portal-url', `http://localhost:${BACKEND_PORT}`] },
    { node },
  );
  let portal;
  try {
    const ready = await steps.run('start homelab', () => untilReady(homelab, homelab.readyMessage, { signal }));
    steps.say(`\n  The app comes up at http://localhost:${APP_PORT}; Ctrl-C stops everything.\n`);
    portal = startPortal(node, ready.environment);
    await Promise.race([
      new Promise(resolve => signal.addEventListener('abort', resolve, { once: true })),
      portal.exited.then(() => Promise.reject(ended('portal', portal))),
      homelab.child.exited.then(() => Promise.reject(ended('homelab', homelab.child))),
    ]);
  } finally {
    await portal?.stop();
    await homelab.child.stop();
  }
  return 0;
}

function startPortal(node, homelabEnvironment) {
  const configs = [
    'app-config.yaml',
    'app-config.homelab.yaml',
    'scripts/launcher/app-config.development.yaml',
    'app-config.local.yaml',
  ]
    .map(name => join(ROOT, name))
    .filter(existsSync);
  return startChild({
    command: node,
    arguments: [
      join(ROOT, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      ...['repo', 'start'],
      ...configs.flatMap(file => ['--config', file]),
    ],
    cwd: ROOT,
    env: {
      ...withNode(node),
      ...homelabEnvironment,
      NODE_ENV: 'development',
      LEITSTAND_PORT: String(BACKEND_PORT),
      LEITSTAND_STATE: STATE_DIRECTORY,
    },
    logFile: join(LOG_DIRECTORY, 'dev.log'),
    onLine: line => void process.stdout.write(`${line}\n`),
  });
}

function ended(name, child) {
  return new LauncherError('child-ended', `The ${name} ended unexpectedly.`, {
    logFile: join(LOG_DIRECTORY, name === 'portal' ? 'dev.log' : 'homelab.log'),
    logTail: child.logTail(),
  });
}
