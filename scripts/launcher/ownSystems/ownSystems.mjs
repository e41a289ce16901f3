/** Real systems in place of the homelab's, each by one option of `npm start`. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configureKubernetes } from './kubernetes.mjs';

/**
 * What an option comes to.
 *
 * @typedef {object} OwnSystem
 * @property {object} settings configuration that wins over everything but `--config`; secrets as `${VARIABLE}`
 * @property {object} defaults configuration that wins over the homelab's only
 * @property {Record<string, string>} environment the variables; secret
 * @property {string[]} summary a line for each system that is used
 * @property {string[]} leftOut a line for each one that is not, with the reason
 * @property {string} [hint] what to do about those
 */

/** Option → what it comes to. A further system is a further line. @type {Record<string, (options: object) => Promise<OwnSystem>>} */
const SYSTEMS = {
  kubeconfig: configureKubernetes,
};

/**
 * @typedef {object} OwnSystems
 * @property {string[]} defaultConfigs files for the backend, see `startStack`
 * @property {string[]} configs files for the backend, see `startStack`
 * @property {Record<string, string>} environment for the backend; secret
 * @property {string[]} summary a line for each system that is used; empty: all is the homelab's
 * @property {string[]} notes what the person should read before the start
 * @property {() => Promise<void>} remove the files
 */

/**
 * @param {string} directory for the files, which only their owner may read
 * @param {object} options of the command line
 * @returns {Promise<OwnSystems>}
 * @throws {import('../errors.mjs').LauncherError} of the option's function; no file is left then
 */
export async function prepareOwnSystems(directory, options) {
  const own = { defaultConfigs: [], configs: [], environment: {}, summary: [], notes: [] };
  const remove = () => Promise.all([...own.defaultConfigs, ...own.configs].map(file => rm(file, { force: true })));
  try {
    for (const [option, configure] of Object.entries(SYSTEMS)) {
      if (options[option] === undefined) continue;
      const system = await configure(options);
      own.defaultConfigs.push(await writePrivate(join(directory, `${option}.defaults.yaml`), system.defaults));
      own.configs.push(await writePrivate(join(directory, `${option}.yaml`), system.settings));
      Object.assign(own.environment, system.environment);
      own.summary.push(...system.summary);
      own.notes.push(...notesOf(option, system));
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { ...own, remove };
}

function notesOf(option, { leftOut, hint }) {
  if (leftOut.length === 0) return [];
  return [`  Left out of --${option}:`, ...leftOut.map(line => `    ${line}`), ...(hint ? [`  ${hint}`] : [])];
}

/** JSON is YAML. A file that a killed start left behind may have other rights, so it is replaced. */
async function writePrivate(file, content) {
  await mkdir(join(file, '..'), { recursive: true });
  await rm(file, { force: true });
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}
