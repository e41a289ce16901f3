/** Installs the dependencies that yarn.lock names, with the committed Yarn, when they are not there already. */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFiles } from './contentHash.mjs';
import { withNode } from './node.mjs';
import { readNpmSettings, yarnEnvironment } from './npm.mjs';
import { LOG_DIRECTORY, ROOT, YARN_FILE } from './paths.mjs';
import { runToEnd } from './processes.mjs';
import { listWorkspaces } from './workspaces.mjs';

/**
 * @param {{ node: string, steps: import('./steps.mjs').Steps, signal?: AbortSignal, root?: string }} options
 *   `node` is the program to run Yarn with
 * @returns {Promise<boolean>} whether something had to be done
 * @throws {import('./errors.mjs').LauncherError}
 */
export async function ensureInstalled(options) {
  const root = options.root ?? ROOT;
  const stamp = join(root, 'node_modules', '.leitstand-install');
  const wanted = await installHash(root);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return false;
  await options.steps.run('install dependencies (a few minutes the first time)', async () => {
    await rm(stamp, { force: true });
    const settings = await readNpmSettings(root);
    await runToEnd({
      title: 'Install dependencies',
      command: options.node,
      arguments: [YARN_FILE, 'install', '--immutable'],
      cwd: root,
      env: { ...withNode(options.node), ...yarnEnvironment(settings) },
      logFile: join(LOG_DIRECTORY, 'install.log'),
      signal: options.signal,
      hint: 'Run the same command again: downloads are kept. If yarn.lock is said to be out of date, see docs/development.md.',
    });
    await writeFile(stamp, wanted);
  });
  return true;
}

/** Native modules have Node-API binaries, so Node's version does not matter. */
async function installHash(root) {
  const workspaces = await listWorkspaces(root);
  const files = ['yarn.lock', '.yarnrc.yml', 'package.json'].map(name => join(root, name));
  return hashFiles(
    root,
    [...files, ...workspaces.map(({ directory }) => join(directory, 'package.json'))],
    [`${process.platform}-${process.arch}`],
  );
}
