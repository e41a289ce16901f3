import { rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureAppBuilt } from '../build.mjs';
import { LauncherError } from '../errors.mjs';
import { ensureInstalled } from '../install.mjs';
import { ensureNode } from '../node.mjs';
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
  const { port, reset, config } = context.commandLine.options;
  const extraConfigs = config.map(existingFile);
  await assertPortFree(port);
  const node = await ensureNode({ step: steps.run, signal });
  await ensureInstalled({ node, steps, signal });
  await ensureAppBuilt({ node, steps, signal });
  if (reset) await steps.run('clear the stored state', () => rm(STATE_DIRECTORY, { recursive: true, force: true }));
  const stack = await steps.run('start homelab and portal', () =>
    startStack({ port, stateDir: STATE_DIRECTORY, extraConfigs, node, signal }),
  );
  try {
    steps.say(welcomeText(stack, performance.now() - began));
    await Promise.race([untilAborted(signal), stack.failed.then(error => Promise.reject(error))]);
  } finally {
    await steps.run('stop', () => stack.stop());
  }
  return 0;
}

function existingFile(name) {
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), name);
  if (existsSync(file)) return file;
  throw new LauncherError('bad-usage', `There is no configuration file ${name}.`, {
    hint: 'Check the path after --config.',
  });
}

function untilAborted(signal) {
  return new Promise(done => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}

/**
 * @param {Pick<import('../stack.mjs').Stack, 'url' | 'homelab'>} stack
 * @param {number} durationMs from the command to the first page
 * @returns {string}
 */
export function welcomeText(stack, durationMs) {
  const { signIns } = stack.homelab;
  const width = Math.max(0, ...signIns.map(({ name }) => name.length));
  return [
    '',
    `  Leitstand is ready: ${stack.url}   (after ${formatSeconds(durationMs)})`,
    '',
    '  Sign in as',
    ...signIns.map(({ name, role, note }) => `    ${name.padEnd(width)}  ${[role, note].filter(Boolean).join(': ')}`),
    '',
    '  Three things to try',
    '    1. Sign in as operator. The home page shows what is broken: open the deployment that is stuck.',
    '    2. Roll it back: read the plan, give a reason, watch it become healthy, find it under Activity.',
    '    3. Sign in as viewer, or as guest, and look for a button that changes something: there is none.',
    '',
    '  Ctrl-C stops everything.',
  ].join('\n');
}
