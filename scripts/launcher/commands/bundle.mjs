import { buildBundle } from '../bundle.mjs';
import { prepare } from './prepare.mjs';

/**
 * `npm run bundle`: builds what a server needs, for an image or an installation by hand.
 *
 * @param {import('./context.mjs').CommandContext} context
 * @returns {Promise<number>} exit code
 * @throws {import('../errors.mjs').LauncherError}
 */
export async function bundle(context) {
  const { steps, signal } = context;
  const node = context.commandLine.options.installed ? process.execPath : (await prepare(context)).node;
  const directory = await steps.run('build the bundle', () => buildBundle({ node, signal }));
  steps.say(`${directory}: skeleton.tar.gz and bundle.tar.gz`);
  return 0;
}
