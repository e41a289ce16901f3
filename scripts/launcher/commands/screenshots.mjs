import { join } from 'node:path';
import { ensureAppBuilt } from '../build.mjs';
import { withNode } from '../node.mjs';
import { LOG_DIRECTORY, ROOT } from '../paths.mjs';
import { runToEnd } from '../processes.mjs';
import { prepare } from './prepare.mjs';

/**
 * `npm run screenshots`: takes the pictures in `docs/images` of a portal that lives as long as that takes.
 *
 * @param {import('./context.mjs').CommandContext} context
 * @returns {Promise<number>} exit code
 * @throws {import('../errors.mjs').LauncherError}
 */
export async function screenshots(context) {
  const prepared = await prepare(context);
  await ensureAppBuilt(prepared);
  await context.steps.run('screenshots', () =>
    runToEnd({
      title: 'screenshots',
      command: prepared.node,
      arguments: [
        ...['--require', join(ROOT, 'node_modules', '@backstage', 'cli-node', 'config', 'nodeTransform.cjs')],
        join(ROOT, 'e2e', 'src', 'takeScreenshots.ts'),
      ],
      cwd: ROOT,
      env: withNode(prepared.node),
      logFile: join(LOG_DIRECTORY, 'screenshots.log'),
      signal: context.signal,
    }),
  );
  return 0;
}
