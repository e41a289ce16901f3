import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const require = createRequire(import.meta.url);
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const IMPORTS = '@typescript-eslint/no-restricted-imports';

const ROLES = {
  'packages/app': 'frontend',
  'packages/backend': 'backend',
  'plugins/area': 'frontend-plugin',
  'plugins/area-react': 'web-library',
  'plugins/area-common': 'common-library',
  'plugins/area-node': 'node-library',
  'plugins/area-backend': 'backend-plugin',
  'plugins/area-backend-module-x': 'backend-plugin-module',
  homelab: 'node-library',
  contract: 'node-library',
};

/** [file, source, rules that fire; none means that the file is fine] */
const CASES = [
  // Arrows
  ['plugins/area/src/a1.ts', "import '@leitstand/plugin-area-react';"],
  ['plugins/area/src/a2.ts', "import '@leitstand/plugin-area-backend';", IMPORTS],
  ['plugins/area/src/a3.ts', "import '@leitstand/plugin-other';", IMPORTS],
  ['plugins/area/src/a4.ts', "import '@leitstand/plugin-area-node';", IMPORTS],
  ['plugins/area/src/a5.ts', "import '@leitstand/homelab';", IMPORTS],
  ['plugins/area-react/src/b1.ts', "import '@leitstand/plugin-area';", IMPORTS],
  ['plugins/area-common/src/c1.ts', "import '@leitstand/plugin-other-common';"],
  ['plugins/area-common/src/c2.ts', "import '@leitstand/plugin-area-node';", IMPORTS],
  ['plugins/area-common/src/c3.ts', "import 'node:fs';", IMPORTS],
  ['plugins/area-common/src/c4.ts', "import 'fs';", IMPORTS],
  ['plugins/area-common/src/c5.ts', "import 'react';", IMPORTS],
  ['plugins/area-common/src/c6.ts', "import './react';"],
  ['plugins/area-node/src/d1.ts', "import '@leitstand/plugin-area-common';"],
  ['plugins/area-node/src/d2.ts', "import '@leitstand/plugin-area-react';", IMPORTS],
  ['plugins/area-backend/src/e1.ts', "import '@leitstand/plugin-other-node';"],
  ['plugins/area-backend/src/e2.ts', "import '@leitstand/plugin-other-backend';", IMPORTS],
  ['plugins/area-backend/src/e3.ts', "import '@leitstand/homelab';", IMPORTS],
  ['plugins/area-backend/src/e3.test.ts', "import '@leitstand/homelab';\n\nit('is', () => undefined);"],
  ['plugins/area-backend/src/e4.test.ts', "import '@leitstand/plugin-area';\n\nit('is', () => undefined);", IMPORTS],
  ['plugins/area-backend-module-x/src/f1.ts', "import '@leitstand/plugin-area-node/testing';"],
  ['packages/app/src/g1.ts', "import '@leitstand/plugin-area';"],
  ['packages/app/src/g2.ts', "import '@leitstand/plugin-area-backend';", IMPORTS],
  ['packages/app/src/g3.ts', "import '@leitstand/plugin-area-backend-module-x';", IMPORTS],
  ['packages/backend/src/h1.ts', "import '@leitstand/plugin-area-backend';\nimport 'app';"],
  ['packages/backend/src/h2.ts', "import '@leitstand/plugin-area';", IMPORTS],
  ['homelab/src/i1.ts', "import '@leitstand/plugin-area-common';", IMPORTS],
  ['contract/src/j1.ts', "import '@leitstand/homelab';"],
  // Packages with two faces
  ['plugins/area-common/src/k1.ts', "import { z } from 'zod/v3';\n\nexport const s = z.string();"],
  ['plugins/area-common/src/k2.ts', "import { z } from 'zod';\n\nexport const s = z.string();", IMPORTS],
  ['plugins/area-common/src/k3.ts', "import { z } from 'zod/v4';\n\nexport const s = z.string();", IMPORTS],
  ['plugins/area/src/l1.tsx', "import Button from '@material-ui/core/Button';\n\nexport const b = Button;", IMPORTS],
  ['packages/app/src/l2.tsx', "import Button from '@material-ui/core/Button';\n\nexport const b = Button;"],
  // Functions and types
  ['homelab/src/m1.ts', 'export const f = (a: 1, b: 2, c: 3) => [a, b, c];'],
  ['homelab/src/m2.ts', 'export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];', 'max-params'],
  ['homelab/src/m3.test.ts', 'export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];'],
  ['homelab/src/n1.ts', 'export const f = (a: any) => a;', '@typescript-eslint/no-explicit-any'],
  ['homelab/src/o1.ts', "console.log('x');", 'no-console'],
  ['homelab/src/main.ts', "console.log('x');"],
  ['homelab/src/p1.ts', 'async function f() {}\nf();', '@typescript-eslint/no-floating-promises'],
  [
    'homelab/src/p2.ts',
    'export const f = (a: () => void) => a;\nf(async () => {});',
    '@typescript-eslint/no-misused-promises',
  ],
  [
    'homelab/src/q1.ts',
    "export function f(a: 'x' | 'y') {\n  switch (a) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}",
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  ['homelab/src/r1.ts', '// eslint-disable-next-line no-console -- no need\nexport const a = 1;', null],
  // Text that people read
  ['plugins/area/src/s1.tsx', 'export const A = () => <p>Hello</p>;', 'react/jsx-no-literals'],
  ['plugins/area/src/s2.tsx', "export const A = () => <p>{'Hello'}</p>;", 'react/jsx-no-literals'],
  ['plugins/area/src/s3.tsx', 'export const A = () => <p aria-label="Close it" />;', 'no-restricted-syntax'],
  ['plugins/area/src/s4.tsx', 'export const A = ({ t }: { t: string }) => <p className="x">{t} · {t}</p>;'],
  ['plugins/area/src/s5.test.tsx', "export const A = () => <p>Hello</p>;\nit('is', () => undefined);"],
  ['plugins/area/src/s6.test.tsx', 'export const A = () => <p aria-label="Close it" />;'],
  ['plugins/area/src/t1.tsx', "import React from 'react';\n\nexport const a = React;", 'no-restricted-syntax'],
];

/** Depends on tests of the rules alone: packages that the fixtures do not have cannot be resolved. */
const NOT_TESTED_HERE = {
  '@backstage/no-undeclared-imports': 'off',
  'import/no-extraneous-dependencies': 'off',
  '@typescript-eslint/no-empty-function': 'off',
  'jest/no-export': 'off',
  'react/jsx-curly-brace-presence': 'off',
};

let root;
let rulesByFile;

before(async () => {
  mkdirSync(join(ROOT, '.leitstand', 'cache'), { recursive: true });
  root = mkdtempSync(join(ROOT, '.leitstand', 'cache', 'eslint-'));
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions: { strict: true, jsx: 'react-jsx' }, include: ['**/src'] }));
  for (const [location, role] of Object.entries(ROLES)) {
    write(`${location}/package.json`, JSON.stringify({ name: location, backstage: { role } }));
    write(
      `${location}/.eslintrc.js`,
      `const config = require(${JSON.stringify(require.resolve('./package.cjs'))})(__dirname, { root: ${JSON.stringify(root)} });
       config.rules = { ...config.rules, ...${JSON.stringify(NOT_TESTED_HERE)} };
       module.exports = config;`,
    );
  }
  for (const [file, source] of CASES) write(file, `${source}\n`);
  const eslint = new ESLint({ cwd: root, extensions: ['.ts', '.tsx'], resolvePluginsRelativeTo: ROOT, ignore: false });
  const results = await eslint.lintFiles(['.']);
  rulesByFile = new Map(
    results.map(({ filePath, messages }) => [filePath, messages.map(({ ruleId, message }) => ruleId ?? message)]),
  );
});

after(() => rmSync(root, { recursive: true, force: true }));

describe('the shared ESLint configuration', () => {
  for (const [file, source, rule] of CASES) {
    const verdict = rule === null ? 'reports the unused exception in' : rule ? `reports ${rule} in` : 'accepts';
    it(`${verdict} ${file}: ${source.split('\n').at(-1)}`, () => {
      const rules = rulesByFile.get(join(root, file));
      if (rule === null) assert.match(rules.join(), /Unused eslint-disable directive/);
      else assert.deepEqual([...new Set(rules)], rule ? [rule] : []);
    });
  }
});
