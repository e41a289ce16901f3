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
  it('reads clusters with service accounts and says why it does not read the others', () => {
    const config = readRolloutsConfig(
      configOf([
        good,
        { ...good, url: 'https://10.0.0.2' },
        { ...good, name: 'google', authProvider: 'googleServiceAccount' },
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
      google: expect.stringContaining('googleServiceAccount is not supported yet'),
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
    const google = { ...good, name: 'google', authProvider: 'googleServiceAccount' };
    expect(readWritableClusters(configOf([google], writable('google')))).toEqual([]);
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
