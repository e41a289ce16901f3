/** The npm that is on the machine, and the registry settings it has. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { LauncherError } from './errors.mjs';

const execute = promisify(execFile);

/** Where systems keep the certificates that they trust. */
const SYSTEM_CERTIFICATE_FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * How to call npm: the one that runs us if there is one, otherwise the one on the path.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ command: string, arguments: string[] }}
 */
export function npmCommand(env = process.env) {
  const running = env.npm_execpath;
  if (running && /npm-cli\.c?js$/.test(running) && existsSync(running)) {
    return { command: process.execPath, arguments: [running] };
  }
  return { command: 'npm', arguments: [] };
}

/**
 * npm's own settings, without secrets (npm hides them in this listing).
 *
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Record<string, unknown>>}
 * @throws {LauncherError} `npm-missing`
 */
export async function readNpmSettings(cwd, env = process.env) {
  const npm = npmCommand(env);
  try {
    const { stdout } = await execute(npm.command, [...npm.arguments, 'config', 'list', '--json', '--loglevel=error'], {
      cwd,
      env,
      maxBuffer: 4 * 1024 * 1024,
    });
    return JSON.parse(stdout);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new LauncherError('npm-missing', 'npm is not on the path.', {
      hint: 'Install Node.js 20 or newer together with npm (Debian: apt-get install nodejs npm).',
      cause: error,
    });
  }
}

/**
 * Environment that makes Yarn use the registry, proxy and certificates that npm uses. Nothing is written anywhere, and
 * what the caller has set for Yarn already is left alone.
 *
 * @param {Record<string, unknown>} settings from readNpmSettings
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Record<string, string>} only the variables to add
 */
export function yarnEnvironment(settings, env = process.env) {
  const added = {};
  const add = (name, value) => {
    if (!env[name] && typeof value === 'string' && value !== '') added[name] = value;
  };
  if (typeof settings.registry === 'string') add('YARN_NPM_REGISTRY_SERVER', settings.registry.replace(/\/+$/, ''));
  if (settings['strict-ssl'] === false) add('YARN_ENABLE_STRICT_SSL', 'false');
  add('YARN_HTTPS_PROXY', settings['https-proxy'] ?? env.HTTPS_PROXY ?? env.https_proxy);
  add('YARN_HTTP_PROXY', settings.proxy ?? env.HTTP_PROXY ?? env.http_proxy);
  if (!env.NODE_EXTRA_CA_CERTS) add('YARN_HTTPS_CA_FILE_PATH', findCertificateFile(settings));
  return added;
}

/**
 * `npm config` does not show `cafile` (it becomes `ca`), so the files are read as npm reads them.
 *
 * @param {Record<string, unknown>} settings
 * @returns {string | undefined}
 */
function findCertificateFile(settings) {
  for (const npmrc of [settings.userconfig, settings.globalconfig]) {
    if (typeof npmrc !== 'string' || !existsSync(npmrc)) continue;
    const value = /^\s*cafile\s*=\s*(.+?)\s*$/m.exec(readFileSync(npmrc, 'utf8'))?.[1]?.replace(/^"(.*)"$/, '$1');
    if (value && existsSync(value)) return value;
  }
  return SYSTEM_CERTIFICATE_FILES.find(existsSync);
}
