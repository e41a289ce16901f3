import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../launcher/temporaryDirectory.mjs';
import { LINE_LIMIT_COUNT, checkFileSizes } from './fileSizes.mjs';
import { checkHomelabShare } from './homelabShare.mjs';
import { checkPackageArrows } from './packageArrows.mjs';
import { checkSourceComments } from './sourceComments.mjs';
import { ELEMENT_LIMIT_MS, TEST_LIMIT_MS, checkTestPatience } from './testPatience.mjs';
import { countLines } from './trackedFiles.mjs';
import { checkTrackedText } from './trackedText.mjs';

const parent = temporaryDirectory();
let count = 0;

/** A Git repository with these files, and an ignored folder. */
function repository(files) {
  count += 1;
  const root = join(parent, String(count));
  mkdirSync(root);
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  for (const [path, text] of Object.entries({ '.gitignore': 'ignored/\n', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const lines = number => 'x\n'.repeat(number);

describe('countLines', () => {
  for (const [text, expected] of [
    ['', 0],
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
  ]) {
    it(`${JSON.stringify(text)} has ${expected}`, () => assert.equal(countLines(text), expected));
  }
});

describe('checkFileSizes', () => {
  it('names the files that are too long, unless they say that they are generated', () => {
    const root = repository({
      'a.ts': lines(LINE_LIMIT_COUNT),
      'b.ts': lines(LINE_LIMIT_COUNT + 1),
      'c.ts': `// This file is generated from the schema.\n${lines(LINE_LIMIT_COUNT)}`,
      'd.md': lines(LINE_LIMIT_COUNT + 1),
      'ignored/e.ts': lines(LINE_LIMIT_COUNT + 1),
    });
    assert.deepEqual(checkFileSizes(root).problems.length, 1);
    assert.match(checkFileSizes(root).problems[0], /^b\.ts has 501 lines/);
  });
});

describe('checkHomelabShare', () => {
  const product = { 'plugins/a/src/a.ts': lines(60), 'packages/b/src/b.tsx': lines(40) };

  it('counts TypeScript without tests on both sides', () => {
    const root = repository({
      ...product,
      'homelab/src/a.ts': lines(49),
      'homelab/src/a.test.ts': lines(500),
      'plugins/a/src/a.test.ts': lines(500),
    });
    assert.deepEqual(checkHomelabShare(root), {
      note: "homelab's share of source: 49 % (49 of 100 lines)",
      problems: [],
    });
  });

  it('fails at half', () => {
    assert.equal(checkHomelabShare(repository({ ...product, 'homelab/src/a.ts': lines(50) })).problems.length, 1);
  });
});

describe('checkPackageArrows', () => {
  const manifest = content => JSON.stringify(content);

  it('holds the table for everything that is declared', async () => {
    const root = repository({
      'package.json': manifest({ workspaces: ['plugins/*', 'homelab'] }),
      'homelab/package.json': manifest({ name: '@leitstand/homelab' }),
      'plugins/a-common/package.json': manifest({ name: '@leitstand/plugin-a-common' }),
      'plugins/a-node/package.json': manifest({
        name: '@leitstand/plugin-a-node',
        dependencies: { '@leitstand/plugin-a-common': '*', express: '*' },
        devDependencies: { '@leitstand/homelab': '*' },
      }),
      'plugins/a/package.json': manifest({
        name: '@leitstand/plugin-a',
        dependencies: { '@leitstand/plugin-a-node': '*', '@leitstand/homelab': '*' },
      }),
    });
    assert.deepEqual((await checkPackageArrows(root)).problems, [
      'plugins/a/package.json: dependencies names @leitstand/plugin-a-node, but it may use react, common.',
      'plugins/a/package.json: dependencies names @leitstand/homelab, but it may use react, common.',
    ]);
  });

  it('wants a line in the table for a new kind of package', async () => {
    const root = repository({
      'package.json': manifest({ workspaces: ['attic'] }),
      'attic/package.json': manifest({ name: 'attic' }),
    });
    await assert.rejects(checkPackageArrows(root), /attic/);
  });
});

describe('checkSourceComments', () => {
  it('wants reasons for exceptions and issues for open ends', () => {
    const root = repository({
      'a.ts': [
        '// eslint-disable-next-line no-console -- it is a program',
        '// eslint-disable-next-line no-console',
        '/* eslint-disable no-console */',
        '// @ts-expect-error the types are wrong',
        `// @ts-${'ignore'}`,
        `// ${'TO'}DO(#12) later`,
        `// ${'TO'}DO later`,
      ].join('\n'),
    });
    assert.deepEqual(
      checkSourceComments(root).problems.map(problem => problem.split(' ')[0]),
      ['a.ts:2', 'a.ts:3', 'a.ts:5', 'a.ts:7'],
    );
  });
});

describe('checkTestPatience', () => {
  const manifest = content => JSON.stringify(content);
  const patient = `configure({ asyncUtilTimeout: ${ELEMENT_LIMIT_MS} });`;

  it('wants enough time for each test, and for each element of a page', async () => {
    const root = repository({
      'package.json': manifest({ workspaces: ['plugins/*'], jest: { testTimeout: TEST_LIMIT_MS - 1 } }),
      'plugins/a/package.json': manifest({ backstage: { role: 'frontend-plugin' } }),
      'plugins/a/src/a.test.tsx': "await screen.findByText('x', {}, { timeout: 1_000 });",
      'plugins/b/package.json': manifest({ backstage: { role: 'web-library' } }),
      'plugins/b/src/b.test.ts': `it('is', () => {\n}, 5_000);\n\nit('long', () => {\n}, 600_000);`,
      'plugins/b/src/setupTests.ts': 'configure({ asyncUtilTimeout: 1_000 });',
      'plugins/c/package.json': manifest({ backstage: { role: 'frontend' } }),
      'plugins/c/src/c.test.tsx': '',
      'plugins/c/src/setupTests.ts': patient,
      'plugins/d-backend/package.json': manifest({ backstage: { role: 'backend-plugin' } }),
      'plugins/d-backend/src/d.test.ts': 'jest.setTimeout(30_000);',
    });
    const { problems } = await checkTestPatience(root);
    assert.deepEqual(
      problems.map(problem => problem.split(' ')[0]),
      [
        'plugins/a/src/a.test.tsx:1',
        'plugins/b/src/b.test.ts:2',
        'plugins/d-backend/src/d.test.ts:1',
        'package.json:',
        'plugins/a/src/setupTests.ts',
        'plugins/b/src/setupTests.ts',
      ],
    );
  });
});

describe('checkTrackedText', () => {
  it('finds paths of machines, and registries where they matter', () => {
    const root = repository({
      'a.ts': `const a = '/ho${'me'}/somebody/leitstand/x';`,
      'b.ts': `const b = '/tm${'p'}/leitstand-build';`,
      'b.test.ts': `const b = '/tm${'p'}/leitstand-build';`,
      'c.ts': "const c = 'https://packages.example/npm/home/a';",
      'yarn.lock': 'resolution: "https://packages.example/npm/x.tgz"',
      '.npmrc': 'proxy=http://localhost:4873/',
      'ignored/d.ts': `const a = '/ho${'me'}/somebody/leitstand/x';`,
    });
    assert.deepEqual(
      checkTrackedText(root)
        .problems.map(problem => problem.split(' ')[0])
        .sort(),
      ['a.ts', 'b.ts', 'yarn.lock'],
    );
  });
});
