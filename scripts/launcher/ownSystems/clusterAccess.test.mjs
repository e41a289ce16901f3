import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../temporaryDirectory.mjs';
import { readClusterAccess } from './clusterAccess.mjs';

const directory = temporaryDirectory();
writeFileSync(join(directory, 'token'), 'from-file\n');
writeFileSync(join(directory, 'ca.pem'), 'PEM');

const read = (cluster, user) => readClusterAccess({ name: 'home', cluster, user }, directory);
const server = 'https://k.example:6443';
const usable = { context: 'home', url: server, caData: undefined, skipTLSVerify: false, token: 't' };

describe('readClusterAccess', () => {
  for (const [title, cluster, user, expected] of [
    ['a token', { server: `${server}/` }, { token: 't' }, {}],
    ['a token beside a certificate', { server }, { token: 't', 'client-certificate': 'c' }, {}],
    ['a file with the token', { server }, { tokenFile: 'token', token: 'older' }, { token: 'from-file' }],
    ['an authority', { server, 'certificate-authority-data': 'UEVN' }, { token: 't' }, { caData: 'UEVN' }],
    ['a file with the authority', { server, 'certificate-authority': 'ca.pem' }, { token: 't' }, { caData: 'UEVN' }],
    [
      'no check of the certificate',
      { server, 'insecure-skip-tls-verify': true },
      { token: 't' },
      { skipTLSVerify: true },
    ],
  ]) {
    it(`takes ${title}`, async () => {
      assert.deepEqual(await read(cluster, user), { ...usable, ...expected });
    });
  }

  const token = { token: 'hidden' };
  for (const [reason, cluster, user] of [
    [/cluster is not in the file/, undefined, token],
    [/user is not in the file/, { server }, undefined],
    [/no valid address/, { server: 'k.example' }, token],
    [/no valid address/, {}, token],
    [/https/, { server: 'http://k.example' }, token],
    [/holds a password/, { server: 'https://a:hidden@k.example' }, token],
    [/proxy-url/, { server, 'proxy-url': 'http://p.example' }, token],
    [/tls-server-name/, { server, 'tls-server-name': 'k' }, token],
    [/acts as another/, { server }, { ...token, as: 'admin' }],
    [/program \(exec\)/, { server }, { exec: { command: 'gke-gcloud-auth-plugin' } }],
    [/auth-provider/, { server }, { 'auth-provider': { name: 'oidc' } }],
    [/certificate/, { server }, { 'client-certificate-data': 'c', 'client-key-data': 'hidden' }],
    [/password/, { server }, { username: 'a', password: 'hidden' }],
    [/no token/, { server }, {}],
    [/one line of plain characters/, { server }, { token: 'hidden\nhidden' }],
    [/absent cannot be read \(ENOENT\)/, { server }, { tokenFile: 'absent' }],
    [/absent cannot be read \(ENOENT\)/, { server, 'certificate-authority': 'absent' }, token],
  ]) {
    it(`leaves out, because ${reason.source}`, async () => {
      const access = await read(cluster, user);
      assert.deepEqual(Object.keys(access), ['context', 'reason']);
      assert.match(access.reason, reason);
      assert.doesNotMatch(access.reason, /hidden/);
    });
  }
});
