import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

// eslint-disable-next-line no-restricted-syntax -- this package only ever runs from its sources
const root = path.resolve(__dirname, '../../..');

/** The shipped app, as the launcher builds it. */
export const shippedApp = path.join(root, 'packages', 'app', 'dist');

/**
 * Builds the same application without Leitstand's plugins: only the discovery of packages differs. The copy lies below the
 * repository, because what it imports is found in `node_modules` above it.
 *
 * @returns the folder of the built app
 */
export async function buildBareApp(): Promise<string> {
  const source = path.join(root, 'packages', 'app');
  const target = path.join(root, '.leitstand', 'cache', 'bench-app');
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const name of ['package.json', 'config.d.ts', 'src', 'public']) {
    await cp(path.join(source, name), path.join(target, name), { recursive: true });
  }
  const { dependencies } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
  const exclude = Object.keys(dependencies).filter(name => name.startsWith('@leitstand/plugin-'));
  const config = path.join(target, 'app-config.bench.json');
  await writeFile(config, JSON.stringify({ app: { packages: { exclude } } }));
  await promisify(execFile)(
    process.execPath,
    [
      path.join(root, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      ...['package', 'build', '--config', path.join(root, 'app-config.yaml'), '--config', config],
    ],
    {
      cwd: target,
      // The values do not end up in what is compared: the server tells the page its configuration.
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NODE_OPTIONS: '',
        LEITSTAND_PORT: '7007',
        LEITSTAND_STATE: target,
      },
      maxBuffer: 16 * 2 ** 20,
    },
  );
  return path.join(target, 'dist');
}
