import { rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureAppBuilt } from '../build.mjs';
import { LauncherError } from '../errors.mjs';
import { ensureInstalled } from '../install.mjs';
import { ensureNode } from '../node.mjs';
import { prepareOwnSystems } from '../ownSystems/ownSystems.mjs';
import { STATE_DIRECTORY, STATE_LOCK_FILE } from '../paths.mjs';
import { assertPortFree } from '../ports.mjs';
import { lockState } from '../stateLock.mjs';
import { startStack } from '../stack.mjs';
import { formatSeconds } from '../steps.mjs';

/**
 * `npm start`: brings what is missing, starts the stack, says what to do with it, and runs until it is stopped.
 *
 * @param {import('./context.mjs').CommandContext} context
 * @returns {Promise<number>} exit code
 * @throws {LauncherError}
 */
export async function start(context) {
  const began = performance.now();
  const release = await lockState(STATE_LOCK_FILE);
  try {
    return await startAndServe(context, began);
  } finally {
    await release();
  }
}

async function startAndServe(context, began) {
  const { steps, signal } = context;
  const options = resolveFiles(context.commandLine.options);
  await assertPortFree(options.port);
  const node = await ensureNode({ step: steps.run, signal });
  await ensureInstalled({ node, steps, signal });
  await ensureAppBuilt({ node, steps, signal });
  if (options.reset) {
    await steps.run('clear the stored state', () => rm(STATE_DIRECTORY, { recursive: true, force: true }));
  }
  const own = await prepareOwnSystems(STATE_DIRECTORY, options);
  try {
    for (const note of own.notes) steps.say(note);
    return await serve({ context, options, own, node, began });
  } finally {
    await own.remove();
  }
}

async function serve({ context, options, own, node, began }) {
  const { steps, signal } = context;
  const stack = await steps.run('start homelab and portal', () =>
    startStack({
      port: options.port,
      stateDir: STATE_DIRECTORY,
      defaultConfigs: own.defaultConfigs,
      extraConfigs: [...own.configs, ...options.config],
      env: own.environment,
      node,
      signal,
    }),
  );
  try {
    steps.say(welcomeText(stack, { durationMs: performance.now() - began, ownSystems: own.summary }));
    await Promise.race([untilAborted(signal), stack.failed.then(error => Promise.reject(error))]);
  } finally {
    await steps.run('stop', () => stack.stop());
  }
  return 0;
}

/** Said at once, not after minutes of installing. */
function resolveFiles(options) {
  const { config, kubeconfig } = options;
  return {
    ...options,
    config: config.map(name => existingFile(name, 'config')),
    kubeconfig: kubeconfig === undefined ? undefined : existingFile(kubeconfig, 'kubeconfig'),
  };
}

function existingFile(name, option) {
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), name);
  if (existsSync(file)) return file;
  throw new LauncherError('bad-usage', `There is no file ${name}.`, { hint: `Check the path after --${option}.` });
}

function untilAborted(signal) {
  return new Promise(done => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}

/**
 * @param {Pick<import('../stack.mjs').Stack, 'url' | 'homelab'>} stack
 * @param {{ durationMs: number, ownSystems: string[] }} facts time from the command to the first page; the real systems
 *   that are used
 * @returns {string}
 */
export function welcomeText(stack, { durationMs, ownSystems }) {
  const { signIns } = stack.homelab;
  const width = Math.max(0, ...signIns.map(({ name }) => name.length));
  return [
    '',
    `  Leitstand is ready: ${stack.url}   (after ${formatSeconds(durationMs)})`,
    '',
    '  Sign in as',
    ...signIns.map(({ name, role, note }) => `    ${name.padEnd(width)}  ${[role, note].filter(Boolean).join(': ')}`),
    '',
    ...(ownSystems.length > 0 ? realSystemsText(ownSystems) : FIRST_STEPS_TEXT),
    '',
    '  Ctrl-C stops everything.',
  ].join('\n');
}

const FIRST_STEPS_TEXT = [
  '  Three things to try',
  '    1. Sign in as operator. The home page shows what is broken: open the deployment that is stuck.',
  '    2. Roll it back: read the plan, give a reason, watch it become healthy, find it under Activity.',
  '    3. Sign in as viewer, or as guest, and look for a button that changes something: there is none.',
];

function realSystemsText(ownSystems) {
  return [
    '  These are real systems, and what you change there is changed:',
    ...ownSystems.map(line => `    ${line}`),
    '  Whoever reaches this port on this machine can sign in without a password, also as admin.',
    '  Only admins may change them, unless leitstand.ownership gives groups their namespaces (docs/clusters.md).',
  ];
}
