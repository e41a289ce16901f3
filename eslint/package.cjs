/**
 * The ESLint configuration of every package:
 * `module.exports = require('../../eslint/package.cjs')(__dirname);`
 */
const { readFileSync } = require('node:fs');
const { builtinModules } = require('node:module');
const { join, resolve } = require('node:path');
const createBackstageConfig = require('@backstage/cli/config/eslint-factory');
const { forbiddenPatterns, kindOf } = require('./arrows.cjs');

const TEST_FILES = ['**/*.test.*', '**/*.test-d.ts', '**/__testUtils__/**', '**/setupTests.*'];
const BROWSER_ROLES = new Set(['frontend', 'frontend-plugin', 'frontend-plugin-module', 'web-library']);

/** `zod` itself is version 4 here, and schemas of version 4 are published empty by Backstage 1.55. */
const ZOD_MESSAGE = "Import { z } from 'zod/v3'.";
const ZOD_PATH = { name: 'zod', message: ZOD_MESSAGE };
const ZOD_PATTERN = { group: ['/zod/*', '!/zod/v3'], message: ZOD_MESSAGE };

/** Material UI 4 is for the shell, where Backstage asks for it. */
const MATERIAL_PATTERN = { group: ['@material-ui/*'], message: 'Use @mui/material or @backstage/ui.' };

/** A contract is read by both sides. */
const CONTRACT_PATTERN = {
  group: [
    'node:*',
    ...builtinModules.map(name => `/${name}`),
    '/react',
    '/react/*',
    '/react-dom',
    '@mui/*',
    '@backstage/core-components',
    '@backstage/core-plugin-api',
    '@backstage/frontend-*',
    '@backstage/backend-*',
    '@backstage/ui',
  ],
  message: 'A -common package runs in the browser and on the server: no Node.js modules, no React.',
};

/** Attributes whose text people read. */
const READ_ATTRIBUTES =
  '/^(aria-label|aria-description|title|label|placeholder|alt|helperText|subheader|primary|secondary)$/';

const JSX_TEXT_SYNTAX = {
  selector: `JSXAttribute[name.name=${READ_ATTRIBUTES}] > Literal[value=/[A-Za-z]{2}/]`,
  message: 'Text that people read comes from a translation ref.',
};

const REACT_DEFAULT_SYNTAX = {
  selector: "ImportDeclaration[source.value='react'] :matches(ImportDefaultSpecifier, ImportNamespaceSpecifier)",
  message: 'Import the names that you need from react.',
};

/** Rules that need no types. */
const RULES = {
  'max-params': ['error', 3],
  'no-console': 'error',
  'default-case': 'off', // a switch over a union is exhaustive; a default would hide the case that is missing
  'no-nested-ternary': 'off',
  'no-throw-literal': 'off', // `throw verb satisfies never` closes a switch
  'consistent-return': 'off', // the compiler knows the types
  'jest/expect-expect': 'off', // waiting until something is so is an assertion too
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-use-before-define': [
    'error',
    { functions: false, classes: false, typedefs: false, variables: false },
  ],
};

/** Rules that need types. */
const TYPED_RULES = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

const LITERAL_OPTIONS = {
  noStrings: true,
  ignoreProps: true,
  allowedStrings: ['·', ':', ',', '.', '/', '-', '–', '—', '→', '%', '(', ')', '…', '×', '#', '+', '@'],
};

function restrictedImports(directory, options) {
  const kind = kindOf(directory);
  const patterns = [...forbiddenPatterns(kind, options), ZOD_PATTERN];
  if (kind !== 'app') patterns.push(MATERIAL_PATTERN);
  if (kind === 'common' && !options.isTest) patterns.push(CONTRACT_PATTERN);
  return ['error', { paths: [ZOD_PATH], patterns }];
}

/**
 * @param {string} directory absolute path of the package
 * @param {{ root?: string }} [options] `root` is the folder of the tsconfig.json; default: this repository
 * @returns {import('eslint').Linter.Config}
 */
module.exports = function createConfig(directory, options = {}) {
  const root = options.root ?? resolve(__dirname, '..');
  const { backstage } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const isBrowser = BROWSER_ROLES.has(backstage.role);
  const imports = '@typescript-eslint/no-restricted-imports';
  return createBackstageConfig(directory, {
    root: true,
    reportUnusedDisableDirectives: true,
    rules: {
      ...RULES,
      [imports]: restrictedImports(directory, { isTest: false }),
      ...(isBrowser && {
        'react/jsx-no-literals': ['error', LITERAL_OPTIONS],
        'no-restricted-syntax': ['error', REACT_DEFAULT_SYNTAX, JSX_TEXT_SYNTAX],
      }),
      // They start the stack as the launcher does, and the launcher is no package.
      ...(['e2e', 'bench'].includes(kindOf(directory)) && { '@backstage/no-relative-monorepo-imports': 'off' }),
    },
    overrides: [
      {
        files: ['src/**/*.ts', 'src/**/*.tsx'],
        parserOptions: { project: [join(root, 'tsconfig.json')], tsconfigRootDir: root },
        rules: TYPED_RULES,
      },
      {
        files: TEST_FILES,
        rules: {
          'max-params': 'off',
          'react/jsx-no-literals': 'off',
          ...(isBrowser && { 'no-restricted-syntax': ['error', REACT_DEFAULT_SYNTAX] }),
          '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
          [imports]: restrictedImports(directory, { isTest: true }),
        },
      },
      { files: ['migrations/*.js'], env: { node: true }, rules: { [imports]: 'off' } },
      {
        // Programs: what they print is what they are for.
        files: ['src/main.ts'],
        rules: { 'no-console': 'off' },
      },
    ],
  });
};
