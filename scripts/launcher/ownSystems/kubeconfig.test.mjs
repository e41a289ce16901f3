import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { formatLauncherError } from '../errors.mjs';
import { temporaryDirectory } from '../temporaryDirectory.mjs';
import { readKubeconfig } from './kubeconfig.mjs';

const directory = temporaryDirectory();
const file = join(directory, 'kubeconfig');

function write(text) {
  writeFileSync(file, text);
  return file;
}

describe('readKubeconfig', () => {
  it('joins contexts with their clusters and users, the current one first', async () => {
    const { contexts, ...rest } = await readKubeconfig(
      write(`
apiVersion: v1
kind: Config
current-context: b
clusters: [{ name: k, cluster: { server: https://k.example } }]
users: [{ name: u, user: { token: t } }]
contexts:
  - { name: a, context: { cluster: gone, user: gone } }
  - { name: b, context: { cluster: k, user: u } }
`),
    );
    assert.deepEqual(rest, { file, directory });
    assert.deepEqual(contexts, [
      { name: 'b', cluster: { server: 'https://k.example' }, user: { token: 't' } },
      { name: 'a', cluster: undefined, user: undefined },
    ]);
  });

  for (const [title, text, message] of [
    ['is empty', '', /holds no object/],
    ['holds a list', '- a', /holds no object/],
    ['names no context', 'kind: Config\ncontexts:', /names no context/],
    ['has contexts of another form', 'contexts: [a]', /its contexts are not a list/],
    ['has a user of another form', 'contexts: []\nusers: [{ name: a, user: b }]', /its users are not a list/],
  ]) {
    it(`refuses a file that ${title}`, async () => {
      await assert.rejects(readKubeconfig(write(text)), { code: 'kubeconfig-invalid', message });
    });
  }

  it('refuses what is not YAML without quoting it', async () => {
    const error = await readKubeconfig(write('users:\n  - token: "s3cret" x: {')).catch(thrown => thrown);
    assert.equal(error.code, 'kubeconfig-invalid');
    assert.match(error.message, /is not YAML \(.* in line 2\)/);
    assert.doesNotMatch(`${formatLauncherError(error)}${error.stack}${error.cause}`, /s3cret/);
  });

  it('says that the file is not there', async () => {
    await assert.rejects(readKubeconfig(join(directory, 'absent')), { code: 'bad-usage', message: /ENOENT/ });
  });
});
