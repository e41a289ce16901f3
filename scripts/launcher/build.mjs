/** Builds the browser application when its sources changed. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashFiles, walkFiles } from './contentHash.mjs';
import { withNode } from './node.mjs';
import { CACHE_DIRECTORY, LOG_DIRECTORY, ROOT, STATE_DIRECTORY } from './paths.mjs';
import { runToEnd } from './processes.mjs';
import { listWorkspaces } from './workspaces.mjs';

/** Roles whose packages end up in the browser. */
const BROWSER_ROLES = new Set([
  'frontend',
  'frontend-plugin',
  'frontend-plugin-module',
  'web-library',
  'common-library',
]);

/**
 * The built app does not hold the configuration (the backend injects it when it serves the page), so address and port
 * do not matter here.
 *
 * @param {{ node: string, steps: import('./steps.mjs').Steps, signal?: AbortSignal }} options
 * @returns {Promise<boolean>} whether it was built
 * @throws {import('./errors.mjs').LauncherError}
 */
export async function ensureAppBuilt(options) {
  const app = join(ROOT, 'packages', 'app');
  const stamp = join(CACHE_DIRECTORY, 'app-build');
  const wanted = await appHash();
  const isBuilt = existsSync(join(app, 'dist', 'index.html')) && existsSync(stamp);
  if (isBuilt && (await readFile(stamp, 'utf8')) === wanted) return false;
  await options.steps.run('build the app', async () => {
    await rm(stamp, { force: true });
    await runToEnd({
      title: 'Build the app',
      command: options.node,
      arguments: [join(ROOT, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'), 'package', 'build'],
      cwd: app,
      env: {
        ...withNode(options.node),
        NODE_ENV: 'production',
        LEITSTAND_PORT: '7007',
        LEITSTAND_STATE: STATE_DIRECTORY,
      },
      logFile: join(LOG_DIRECTORY, 'build.log'),
      signal: options.signal,
    });
    await mkdir(dirname(stamp), { recursive: true });
    await writeFile(stamp, wanted);
  });
  return true;
}

async function appHash() {
  const files = ['yarn.lock', 'package.json', 'app-config.yaml'].map(name => join(ROOT, name));
  for (const { directory, manifest } of await listWorkspaces(ROOT)) {
    if (!BROWSER_ROLES.has(manifest.backstage?.role)) continue;
    for await (const file of walkFiles(directory)) {
      if (!/\.test\.[a-z]+$/.test(file)) files.push(file);
    }
  }
  return hashFiles(ROOT, files);
}
