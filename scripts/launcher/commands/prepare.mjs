import { join } from 'node:path';
import { ensureInstalled } from '../install.mjs';
import { ensureNode, withNode } from '../node.mjs';
import { LOG_DIRECTORY, ROOT } from '../paths.mjs';
import { runToEnd } from '../processes.mjs';

/**
 * @typedef {import('./context.mjs').CommandContext & { node: string }} PreparedContext
 */

/**
 * What every command but `start` needs first: Node.js and the dependencies.
 *
 * @param {import('./context.mjs').CommandContext} context
 * @returns {Promise<PreparedContext>}
 * @throws {import('../errors.mjs').LauncherError}
 */
export async function prepare(context) {
  const node = await ensureNode({ step: context.steps.run, signal: context.signal });
  await ensureInstalled({ node, steps: context.steps, signal: context.signal });
  return { ...context, node };
}

/** Programs of the installed packages, as files that Node.js can run. */
const TOOLS = {
  'backstage-cli': ['@backstage', 'cli', 'bin', 'backstage-cli'],
  eslint: ['eslint', 'bin', 'eslint.js'],
  knip: ['knip', 'bin', 'knip.js'],
  prettier: ['prettier', 'bin', 'prettier.cjs'],
  tsc: ['typescript', 'bin', 'tsc'],
};

/**
 * Runs a program of an installed package, quietly: its output goes to a log of the step's name.
 *
 * @param {PreparedContext} context
 * @param {keyof typeof TOOLS} tool
 * @param {{ title: string, arguments: string[], cwd?: string, env?: NodeJS.ProcessEnv, acceptCodes?: number[],
 *   log?: string }} options `log` is the log's base name, default: the title
 * @returns {Promise<{ code: number, logFile: string }>}
 * @throws {import('../errors.mjs').LauncherError}
 */
export async function runTool(context, tool, options) {
  const logFile = join(LOG_DIRECTORY, `${options.log ?? options.title.replaceAll(' ', '-')}.log`);
  const code = await runToEnd({
    title: options.title,
    command: context.node,
    arguments: [join(ROOT, 'node_modules', ...TOOLS[tool]), ...options.arguments],
    cwd: options.cwd ?? ROOT,
    env: { ...withNode(context.node), NO_COLOR: '1', ...options.env },
    logFile,
    signal: context.signal,
    acceptCodes: options.acceptCodes,
  });
  return { code, logFile };
}
