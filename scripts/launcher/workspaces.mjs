/** The packages of this repository, as its package.json names them. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {object} Workspace
 * @property {string} directory absolute path
 * @property {string} location relative to the repository, with slashes, for example "plugins/home"
 * @property {{ name: string, backstage?: { role?: string } }} manifest its package.json
 */

/**
 * @param {string} root
 * @returns {Promise<Workspace[]>} sorted by location
 */
export async function listWorkspaces(root) {
  const { workspaces } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const locations = [];
  for (const pattern of workspaces) {
    if (!pattern.endsWith('/*')) {
      locations.push(pattern);
      continue;
    }
    const parent = pattern.slice(0, -2);
    for (const name of await readdir(join(root, parent))) locations.push(`${parent}/${name}`);
  }
  const present = locations.filter(location => existsSync(join(root, location, 'package.json'))).sort();
  return Promise.all(
    present.map(async location => ({
      directory: join(root, location),
      location,
      manifest: JSON.parse(await readFile(join(root, location, 'package.json'), 'utf8')),
    })),
  );
}
