/** The portal as it is delivered: archives of the built packages, and a directory to run them in. */
import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { withNode } from './node.mjs';
import { readNpmSettings, yarnEnvironment } from './npm.mjs';
import { LOG_DIRECTORY, ROOT, STATE_DIRECTORY, YARN_FILE } from './paths.mjs';
import { runToEnd } from './processes.mjs';

const execute = promisify(execFile);
const BACKEND = join(ROOT, 'packages', 'backend');

/** Files beside the archives that a server needs: `yarn.lock` for the install, the rest when it runs. */
const FILES = [
  ...['package.json', 'yarn.lock', '.yarnrc.yml', 'backstage.json'],
  ...['app-config.yaml', 'app-config.production.yaml', 'catalog-info.yaml'],
];

/**
 * Builds all packages that the server needs, the browser's application among them, into `bundle.tar.gz` and
 * `skeleton.tar.gz` (the manifests alone, for an install that can be cached) in `packages/backend/dist`.
 *
 * @param {{ node: string, signal?: AbortSignal }} options
 * @returns {Promise<string>} directory of the archives
 * @throws {import('./errors.mjs').LauncherError} `step-failed`
 */
export async function buildBundle({ node, signal }) {
  const programs = await mkdtemp(join(tmpdir(), 'leitstand-programs-'));
  try {
    await writeYarnProgram(programs, node);
    const env = withNode(node);
    await runToEnd({
      title: 'Build the bundle',
      command: node,
      arguments: [join(ROOT, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'), 'package', 'build'],
      cwd: BACKEND,
      env: {
        ...env,
        PATH: [programs, env.PATH].join(delimiter),
        NODE_ENV: 'production',
        LEITSTAND_PORT: '7007',
        LEITSTAND_STATE: STATE_DIRECTORY,
      },
      logFile: join(LOG_DIRECTORY, 'bundle.log'),
      signal,
    });
  } finally {
    await rm(programs, { recursive: true, force: true });
  }
  return join(BACKEND, 'dist');
}

/** Backstage's CLI looks for Yarn on the path. */
async function writeYarnProgram(directory, node) {
  const file = join(directory, 'yarn');
  await writeFile(file, `#!/bin/sh\nexec "${node}" "${YARN_FILE}" "$@"\n`);
  await chmod(file, 0o755);
}

/**
 * Unpacks the archives and installs what they depend on, as `deploy/image/Dockerfile` does.
 *
 * @param {{ node: string, archives: string, directory: string, signal?: AbortSignal }} options `directory` is made, and
 *   must be empty if it is there
 * @returns {Promise<void>}
 * @throws {import('./errors.mjs').LauncherError} `step-failed`
 */
export async function installBundle({ node, archives, directory, signal }) {
  await mkdir(directory, { recursive: true });
  for (const name of FILES) await copyFile(join(ROOT, name), join(directory, name));
  for (const part of ['releases', 'patches']) {
    await cp(join(ROOT, '.yarn', part), join(directory, '.yarn', part), { recursive: true });
  }
  await unpack(join(archives, 'skeleton.tar.gz'), directory);
  await runToEnd({
    title: 'Install the bundle',
    command: node,
    arguments: [YARN_FILE, 'workspaces', 'focus', '--all', '--production'],
    cwd: directory,
    env: { ...withNode(node), ...yarnEnvironment(await readNpmSettings(ROOT)) },
    logFile: join(LOG_DIRECTORY, 'bundle-install.log'),
    signal,
  });
  await unpack(join(archives, 'bundle.tar.gz'), directory);
  await cp(join(ROOT, 'templates'), join(directory, 'templates'), { recursive: true });
}

async function unpack(archive, directory) {
  await execute('tar', ['--extract', '--gzip', '--file', archive, '--directory', directory]);
  // The archive's own entry for its directory leaves it to one user; an image has another one for what runs in it.
  await chmod(directory, 0o755);
}
