import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { npmCommand, readNpmSettings, yarnEnvironment } from './npm.mjs';
import { temporaryDirectory } from './temporaryDirectory.mjs';

const directory = temporaryDirectory();

describe('yarnEnvironment', () => {
  it('passes on registry, proxies and the choice not to check certificates', () => {
    const settings = {
      registry: 'https://packages.example/npm/',
      proxy: 'http://proxy.example:1',
      'https-proxy': 'http://proxy.example:2',
      'strict-ssl': false,
    };
    assert.deepEqual(yarnEnvironment(settings, { NODE_EXTRA_CA_CERTS: '/ca.pem' }), {
      YARN_NPM_REGISTRY_SERVER: 'https://packages.example/npm',
      YARN_HTTP_PROXY: 'http://proxy.example:1',
      YARN_HTTPS_PROXY: 'http://proxy.example:2',
      YARN_ENABLE_STRICT_SSL: 'false',
    });
  });

  it('takes proxies from the environment', () => {
    const env = { NODE_EXTRA_CA_CERTS: '/ca.pem', https_proxy: 'http://proxy.example:3' };
    assert.deepEqual(yarnEnvironment({ 'strict-ssl': true }, env), { YARN_HTTPS_PROXY: 'http://proxy.example:3' });
  });

  it('leaves alone what is set for Yarn', () => {
    const env = { NODE_EXTRA_CA_CERTS: '/ca.pem', YARN_NPM_REGISTRY_SERVER: 'https://mine.example' };
    assert.deepEqual(yarnEnvironment({ registry: 'https://packages.example/' }, env), {});
  });

  it('finds the certificate file that npm would use', () => {
    const certificates = join(directory, 'ca.pem');
    const globalconfig = join(directory, 'npmrc');
    writeFileSync(certificates, '');
    writeFileSync(globalconfig, `registry=https://packages.example/\ncafile = "${certificates}"\n`);
    const settings = { globalconfig, userconfig: join(directory, 'none') };
    assert.deepEqual(yarnEnvironment(settings, {}), { YARN_HTTPS_CA_FILE_PATH: certificates });
  });
});

describe('readNpmSettings', () => {
  it('reads what npm says, whichever npm it is', async () => {
    const settings = await readNpmSettings(directory);
    assert.match(settings.registry, /^https?:\/\//);
  });

  it('says when there is no npm', async () => {
    await assert.rejects(readNpmSettings(directory, { PATH: directory }), { code: 'npm-missing' });
  });
});

describe('npmCommand', () => {
  it('ignores an execution path that is another package manager', () => {
    assert.deepEqual(npmCommand({ npm_execpath: '/x/yarn-4.cjs' }), { command: 'npm', arguments: [] });
  });
});
