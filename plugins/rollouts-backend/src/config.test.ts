import { ConfigReader } from '@backstage/config';
import { isExcluded, readRolloutsConfig, readWritableClusters } from './config';

const good = {
  name: 'good',
  url: 'https://10.0.0.1:6443/',
  authProvider: 'serviceAccount',
  serviceAccountToken: 'reader',
  caData: 'Y2E=',
};

function configOf(clusters: object[], more: object = {}) {
  return new ConfigReader({
    kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters }, { type: 'gke' }] },
    ...more,
  });
}

describe('readRolloutsConfig', () => {
  it("reads clusters with Google credentials: those of the configuration, or the server's own", () => {
    const google = { ...good, authProvider: 'googleServiceAccount', serviceAccountToken: undefined };
    const read = (googleServiceAccountCredentials?: string) => {
      const kubernetes = {
        clusterLocatorMethods: [{ type: 'config', clusters: [google] }],
        googleServiceAccountCredentials,
      };
      return readRolloutsConfig(new ConfigReader({ kubernetes }));
    };
    expect(read().clusters).toMatchObject([{ name: 'good', google: {} }]);
    expect(read('{"type":"service_account"}').clusters).toMatchObject([
      { google: { credentials: { type: 'service_account' } } },
    ]);
    expect(read('not json')).toMatchObject({
      clusters: [],
      notRead: [{ name: 'good', reason: expect.stringContaining('googleServiceAccountCredentials is no JSON') }],
    });
  });

  it('reads clusters with service accounts and says why it does not read the others', () => {
    const config = readRolloutsConfig(
      configOf([
        good,
        { ...good, url: 'https://10.0.0.2' },
        { ...good, name: 'person', authProvider: 'oidc' },
        { ...good, name: 'tokenless', serviceAccountToken: undefined },
        { ...good, name: 'plain', url: 'http://10.0.0.3' },
        { ...good, name: 'nonsense', url: 'ftp://10.0.0.3' },
        { ...good, name: 'loopback', url: 'http://127.0.0.1:1', skipTLSVerify: true },
      ]),
    );
    expect(config.clusters).toEqual([
      {
        name: 'good',
        url: 'https://10.0.0.1:6443',
        serviceAccountToken: 'reader',
        caData: 'Y2E=',
        caFile: undefined,
        skipTLSVerify: false,
      },
      expect.objectContaining({ name: 'loopback', skipTLSVerify: true }),
    ]);
    expect(Object.fromEntries(config.notRead.map(({ name, reason }) => [name, reason]))).toEqual({
      good: expect.stringContaining('same name'),
      person: expect.stringContaining('oidc'),
      tokenless: expect.stringContaining('serviceAccountToken'),
      plain: expect.stringContaining('plain http'),
      nonsense: expect.stringContaining('not an http'),
      'cluster locator gke': expect.stringContaining('locator of type config'),
    });
    expect(config.excludedNamespaces).toEqual(['kube-*']);
  });

  it('is empty where no cluster is configured', () => {
    expect(readRolloutsConfig(new ConfigReader({}))).toMatchObject({ clusters: [], notRead: [] });
  });
});

describe('readWritableClusters', () => {
  const writable = (name: string) => ({
    operations: { upstreams: { kubernetes: { clusters: [{ name, serviceAccountToken: 'writer' }] } } },
  });

  it('takes address and certificate from the cluster of that name', () => {
    expect(readWritableClusters(configOf([good], writable('good')))).toEqual([
      expect.objectContaining({
        name: 'good',
        url: 'https://10.0.0.1:6443',
        caData: 'Y2E=',
        serviceAccountToken: 'writer',
      }),
    ]);
  });

  it('refuses credentials for a cluster that there is not, and skips one that is not read', () => {
    expect(() => readWritableClusters(configOf([good], writable('typo')))).toThrow(/names typo/);
    const person = { ...good, name: 'person', authProvider: 'oidc' };
    expect(readWritableClusters(configOf([person], writable('person')))).toEqual([]);
  });

  it('changes a cluster with its own token, whatever it is read with', () => {
    const google = { ...good, name: 'google', authProvider: 'googleServiceAccount', serviceAccountToken: undefined };
    const [cluster] = readWritableClusters(configOf([google], writable('google')));
    expect(cluster).toMatchObject({ name: 'google', serviceAccountToken: 'writer', google: undefined });
  });
});

it.each([
  ['kube-system', ['kube-*'], true],
  ['kubernetes', ['kube-*'], false],
  ['shop', ['kube-*', 'shop'], true],
  ['shop-2', ['shop'], false],
])('isExcluded(%s, %j) is %s', (namespace, patterns, expected) => {
  expect(isExcluded(namespace, patterns)).toBe(expected);
});
