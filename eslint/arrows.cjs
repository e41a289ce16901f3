/**
 * Which package may import which: one table, held by ESLint (for static imports, while one types) and by the check
 * `scripts/checks/packageArrows.mjs` (for the dependencies that package.json declares, so for every kind of import).
 * The rooms are drawn in the design; a new room needs a line here.
 */
const { basename, dirname } = require('node:path');

/**
 * Kind of package → kinds it may import in its sources. Own modules do not count.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const ARROWS = {
  app: ['plugin', 'react', 'common'],
  backend: ['backend-plugin', 'backend-module', 'node', 'common', 'app'],
  plugin: ['react', 'common'],
  react: ['react', 'common'],
  common: ['common'],
  'backend-plugin': ['node', 'common'],
  'backend-module': ['node', 'common'],
  node: ['node', 'common'],
  homelab: [],
  contract: ['homelab'],
  e2e: ['homelab', 'common'],
  bench: ['homelab', 'common'],
};

/** What tests may import besides: the homelab, and the backends that they start. */
const TEST_ARROWS = {
  backend: ['homelab'],
  plugin: ['homelab'],
  react: [],
  common: [],
  'backend-plugin': ['homelab', 'backend-plugin', 'backend-module'],
  'backend-module': ['homelab', 'backend-plugin', 'backend-module'],
  node: ['homelab'],
};

/** Name patterns (as in .gitignore) of the packages of each kind. */
const NAMES = {
  app: ['app'],
  backend: ['backend'],
  plugin: ['@leitstand/plugin-*'],
  react: ['@leitstand/plugin-*-react'],
  common: ['@leitstand/plugin-*-common'],
  'backend-plugin': ['@leitstand/plugin-*-backend'],
  'backend-module': ['@leitstand/plugin-*-backend-module-*'],
  node: ['@leitstand/plugin-*-node'],
  homelab: ['@leitstand/homelab'],
  contract: ['@leitstand/contract'],
  e2e: ['@leitstand/e2e'],
  bench: ['@leitstand/bench'],
};

/** The kinds whose names also match the pattern of `plugin`. */
const PLUGIN_KINDS = ['react', 'common', 'backend-plugin', 'backend-module', 'node'];

/**
 * @param {string} directory of a package, for example "plugins/kit-react"; absolute or relative
 * @returns {string} its kind, a key of ARROWS
 */
function kindOf(directory) {
  const name = basename(directory);
  if (basename(dirname(directory)) !== 'plugins') return name;
  if (/-backend-module-/.test(name)) return 'backend-module';
  if (/-backend$/.test(name)) return 'backend-plugin';
  return /-(react|common|node)$/.exec(name)?.[1] ?? 'plugin';
}

/**
 * @param {string} kind
 * @param {{ isTest?: boolean }} [options]
 * @returns {readonly string[]} the kinds that it may import
 * @throws {Error} for a kind that is not in the table
 */
function allowedKinds(kind, options = {}) {
  if (!ARROWS[kind]) throw new Error(`The package kind "${kind}" has no line in eslint/arrows.cjs`);
  return [...ARROWS[kind], ...((options.isTest && TEST_ARROWS[kind]) || [])];
}

/**
 * The forbidden imports as patterns of ESLint's no-restricted-imports.
 *
 * @param {string} kind
 * @param {{ isTest?: boolean }} [options]
 * @returns {{ group: string[], message: string }[]}
 */
function forbiddenPatterns(kind, options = {}) {
  const allowed = new Set(allowedKinds(kind, options));
  const message = `A package of kind "${kind}" may import ${[...allowed].join(', ') || 'no other package of ours'} (eslint/arrows.cjs).`;
  const scoped = ['@leitstand/*'];
  if (allowed.has('plugin')) {
    scoped.push('!@leitstand/plugin-*');
    for (const other of PLUGIN_KINDS) if (!allowed.has(other)) scoped.push(...NAMES[other]);
  }
  for (const other of allowed) if (other !== 'plugin') scoped.push(...NAMES[other].map(name => `!${name}`));
  const unscoped = ['app', 'backend'].filter(name => !allowed.has(name)).flatMap(name => [`/${name}`, `/${name}/**`]);
  return [
    { group: scoped, message },
    { group: unscoped, message },
  ];
}

module.exports = { allowedKinds, forbiddenPatterns, kindOf };
