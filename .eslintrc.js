/** For the launcher and the checks, which are plain Node.js; packages have their own configuration. */
module.exports = {
  root: true,
  extends: ['eslint:recommended', 'prettier'],
  env: { node: true, es2024: true },
  parserOptions: { ecmaVersion: 'latest', sourceType: 'module' },
  reportUnusedDisableDirectives: true,
  rules: {
    'max-params': ['error', 3],
    'no-console': 'error',
    'no-shadow': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    eqeqeq: 'error',
  },
  overrides: [{ files: ['*.cjs', '.eslintrc.js'], parserOptions: { sourceType: 'script' } }],
};
