import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { withNode } from '../node.mjs';
import { ROOT, STATE_DIRECTORY } from '../paths.mjs';
import { configArguments } from '../stack.mjs';
import { prepare } from './prepare.mjs';

/**
 * `npm run ledger:verify`: reads the ledger of the stored state, or of the database that a given configuration names. It
 * starts no portal, and one may be running.
 *
 * @param {import('./context.mjs').CommandContext} context
 * @returns {Promise<number>} exit code: 0 intact, 1 broken, 2 not to be read
 * @throws {import('../errors.mjs').LauncherError}
 */
export async function verifyLedger(context) {
  const { node } = await prepare(context);
  const base = process.env.INIT_CWD ?? process.cwd();
  const knownEnd = context.commandLine.options['known-end'];
  const extraConfigs = (context.commandLine.options.config ?? []).map(name => resolve(base, name));
  const child = spawn(
    node,
    [
      ...['--require', join(ROOT, 'node_modules', '@backstage', 'cli-node', 'config', 'nodeTransform.cjs')],
      join(ROOT, 'packages', 'backend', 'src', 'index.ts'),
      ...['--verify-ledger', ...configArguments({ extraConfigs })],
      ...(knownEnd === undefined ? [] : ['--known-end', knownEnd]),
    ],
    {
      cwd: ROOT,
      env: { LEITSTAND_STATE: STATE_DIRECTORY, ...withNode(node), NODE_ENV: 'production', LOG_LEVEL: 'error' },
      stdio: 'inherit',
      signal: context.signal,
    },
  );
  const [code] = await once(child, 'exit');
  return code ?? 2;
}
