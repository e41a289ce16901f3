import { allowedKinds, kindOf } from '../../eslint/arrows.cjs';
import { listWorkspaces } from '../launcher/workspaces.mjs';

/**
 * Holds the arrows between packages for everything that package.json declares: ESLint sees static imports only, and
 * imports that are not declared are errors already.
 *
 * @param {string} root
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkPackageArrows(root) {
  const workspaces = await listWorkspaces(root);
  const kinds = new Map(workspaces.map(({ location, manifest }) => [manifest.name, kindOf(location)]));
  const problems = [];
  for (const { location, manifest } of workspaces) {
    const check = (section, allowed) => {
      for (const name of Object.keys(manifest[section] ?? {})) {
        const kind = kinds.get(name);
        if (kind && !allowed.includes(kind)) {
          problems.push(
            `${location}/package.json: ${section} names ${name}, but it may use ${allowed.join(', ') || 'none of our packages'}.`,
          );
        }
      }
    };
    check('dependencies', allowedKinds(kindOf(location)));
    check('peerDependencies', allowedKinds(kindOf(location)));
    check('devDependencies', allowedKinds(kindOf(location), { isTest: true }));
  }
  return { problems };
}
