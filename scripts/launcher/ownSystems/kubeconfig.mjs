/** Reads a kubeconfig: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LauncherError } from '../errors.mjs';

/**
 * @typedef {object} Context
 * @property {string} name
 * @property {Record<string, unknown> | undefined} cluster undefined if the file does not hold it
 * @property {Record<string, unknown> | undefined} user undefined if the file does not hold it
 *
 * @typedef {object} Kubeconfig
 * @property {string} file
 * @property {string} directory what relative paths in it are relative to
 * @property {Context[]} contexts at least one; the current one first, the others in the order of the file
 */

/**
 * @param {string} file absolute
 * @returns {Promise<Kubeconfig>}
 * @throws {LauncherError} `bad-usage` when the file cannot be read; `kubeconfig-invalid` when it is no kubeconfig
 */
export async function readKubeconfig(file) {
  const content = await parse(file, await readText(file));
  if (!isRecord(content)) throw invalid(file, 'it holds no object');
  const clusters = entriesOf(file, content, 'clusters');
  const users = entriesOf(file, content, 'users');
  const contexts = entriesOf(file, content, 'contexts').map(({ name, context }) => ({
    name,
    cluster: clusters.find(entry => entry.name === context?.cluster)?.cluster,
    user: users.find(entry => entry.name === context?.user)?.user,
  }));
  if (contexts.length === 0) throw invalid(file, 'it names no context');
  const isCurrent = context => context.name === content['current-context'];
  return {
    file,
    directory: dirname(file),
    contexts: [...contexts.filter(isCurrent), ...contexts.filter(context => !isCurrent(context))],
  };
}

async function readText(file) {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LauncherError('bad-usage', `The kubeconfig ${file} cannot be read (${cause.code}).`, {
      hint: 'Check the path after --kubeconfig and who may read the file.',
      cause,
    });
  }
}

async function parse(file, text) {
  const { load } = await import('js-yaml'); // not there before the install
  try {
    return load(text);
  } catch (error) {
    // Neither its message nor itself: both quote the file, and the line may hold a token.
    const line = error.mark ? ` in line ${error.mark.line + 1}` : '';
    throw invalid(file, `it is not YAML (${error.reason ?? 'unreadable'}${line})`);
  }
}

function entriesOf(file, content, key) {
  const entries = content[key] ?? [];
  const field = key.slice(0, -1);
  const isEntry = entry => isRecord(entry) && typeof entry.name === 'string' && isRecord(entry[field] ?? {});
  if (Array.isArray(entries) && entries.every(isEntry)) return entries;
  throw invalid(file, `its ${key} are not a list of entries with a name and a ${field}`);
}

function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(file, reason) {
  return new LauncherError('kubeconfig-invalid', `${file} is no kubeconfig: ${reason}.`, {
    hint: 'kubectl config view --flatten --raw > my-clusters.yaml writes one that holds all it needs.',
  });
}
