import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../temporaryDirectory.mjs';
import { prepareOwnSystems } from './ownSystems.mjs';

const directory = temporaryDirectory();
const state = join(directory, 'state');
const kubeconfig = join(directory, 'kubeconfig');
const context = (name, cluster, user) => ({ name, context: { cluster, user } });
const CONTENT = {
  'current-context': 'home',
  clusters: [
    { name: 'k', cluster: { server: 'https://k.example', 'certificate-authority-data': 'UEVN' } },
    { name: 'g', cluster: { server: 'https://g.example/${HOME}', 'insecure-skip-tls-verify': true } },
  ],
  users: [
    { name: 'reader', user: { token: 'reading' } },
    { name: 'operator', user: { token: 'operating' } },
    { name: 'google', user: { exec: { command: 'gke-gcloud-auth-plugin' } } },
  ],
  contexts: [
    context('g_mlops', 'g', 'reader'),
    context('home', 'k', 'reader'),
    context('home-operator', 'k', 'operator'),
    context('g-google', 'g', 'google'),
  ],
};
writeFileSync(kubeconfig, JSON.stringify(CONTENT));

async function prepare(options = {}) {
  const own = await prepareOwnSystems(state, { kubeconfig, ...options });
  const [settings, defaults] = [own.configs, own.defaultConfigs].map(([file]) =>
    JSON.parse(readFileSync(file, 'utf8')),
  );
  assert.equal(statSync(own.configs[0]).mode & 0o777, 0o600);
  await own.remove();
  assert.deepEqual(readdirSync(state), []);
  const { clusters } = settings.kubernetes.clusterLocatorMethods[0];
  return { ...own, settings, defaults, clusters, writable: settings.operations.upstreams.kubernetes.clusters };
}

describe('prepareOwnSystems', () => {
  it('is nothing without options', async () => {
    const { remove, ...own } = await prepareOwnSystems(state, { port: 7007, kubeconfig: undefined });
    assert.deepEqual(own, { defaultConfigs: [], configs: [], environment: {}, summary: [], notes: [] });
    await remove();
  });

  it('takes every cluster that can be used, with tokens by environment only', async () => {
    const own = await prepare();
    assert.deepEqual(own.clusters, [
      {
        name: 'home',
        url: 'https://k.example',
        authProvider: 'serviceAccount',
        serviceAccountToken: '${LEITSTAND_KUBERNETES_1_READER_TOKEN}',
        skipTLSVerify: false,
        caData: 'UEVN',
      },
      {
        name: 'g-mlops',
        url: 'https://g.example/$${HOME}',
        authProvider: 'serviceAccount',
        serviceAccountToken: '${LEITSTAND_KUBERNETES_2_READER_TOKEN}',
        skipTLSVerify: true,
      },
    ]);
    assert.deepEqual(own.writable, [
      { name: 'home', serviceAccountToken: '${LEITSTAND_KUBERNETES_1_OPERATOR_TOKEN}' },
      { name: 'g-mlops', serviceAccountToken: '${LEITSTAND_KUBERNETES_2_OPERATOR_TOKEN}' },
    ]);
    assert.deepEqual(own.environment, {
      LEITSTAND_KUBERNETES_1_READER_TOKEN: 'reading',
      LEITSTAND_KUBERNETES_1_OPERATOR_TOKEN: 'reading',
      LEITSTAND_KUBERNETES_2_READER_TOKEN: 'reading',
      LEITSTAND_KUBERNETES_2_OPERATOR_TOKEN: 'reading',
    });
    assert.deepEqual(own.defaults, {
      leitstand: { ownership: [] },
      operations: {
        environments: [{ name: 'production' }],
        policies: [{ environment: 'production', reason: 'required', confirmation: 'required' }],
      },
    });
    assert.deepEqual(own.summary, [
      'cluster home at https://k.example',
      'cluster g-mlops at https://g.example/${HOME} (context g_mlops; its certificate is not checked)',
    ]);
    assert.match(
      own.notes.join('\n'),
      /context home-operator: the same cluster as home\n.*context g-google: .*\(exec\)\n.*create token/s,
    );
  });

  it('changes things with other tokens when asked to, and only reads where there is none', async () => {
    const own = await prepare({ 'operator-context': ['home-operator'] });
    assert.deepEqual(
      own.writable.map(({ name }) => name),
      ['home'],
    );
    assert.equal(own.environment.LEITSTAND_KUBERNETES_1_OPERATOR_TOKEN, 'operating');
    assert.equal(own.environment.LEITSTAND_KUBERNETES_2_OPERATOR_TOKEN, undefined);
    assert.match(own.summary.join('\n'), /changed as home-operator\)\n.*only read/);
  });

  it('takes only the contexts that are named', async () => {
    const own = await prepare({ context: ['g_mlops'] });
    assert.deepEqual(
      own.clusters.map(({ name }) => name),
      ['g-mlops'],
    );
    assert.deepEqual(own.notes, []);
  });

  for (const [title, options, error] of [
    ['a context that is not there', { context: ['x'] }, { code: 'bad-usage', hint: /home, g_mlops/ }],
    [
      'contexts none of which can be used',
      { context: ['g-google'] },
      { code: 'kubeconfig-not-usable', message: /exec/ },
    ],
    ['an operator without a token', { 'operator-context': ['g-google'] }, { code: 'kubeconfig-not-usable' }],
    [
      'an operator of another cluster',
      { context: ['g_mlops'], 'operator-context': ['home-operator'] },
      { code: 'bad-usage', message: /home-operator is of a cluster that is not read/ },
    ],
    ['a file that is not there', { kubeconfig: join(directory, 'absent') }, { code: 'bad-usage' }],
  ]) {
    it(`refuses ${title}, and leaves nothing behind`, async () => {
      await assert.rejects(prepareOwnSystems(state, { kubeconfig, ...options }), error);
      assert.deepEqual(readdirSync(state), []);
    });
  }
});
