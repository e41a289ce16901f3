import { ConfigReader } from '@backstage/config';
import { deploymentOf } from '../__testUtils__/kubernetesFixtures';
import { readCatalogConfig } from './catalogConfig';
import { sift } from './leftOut';

function catalogConfigOf(catalog: object = {}, rollouts: object = {}) {
  return readCatalogConfig(new ConfigReader({ rollouts: { ...rollouts, catalog } }));
}

/** Namespaces of what is taken, and `namespace: count, reason` of what is not. */
function siftOf(config: ReturnType<typeof catalogConfigOf>, namespaces: string[], labels = {}) {
  const workloads = namespaces.map(namespace => ({ object: deploymentOf({ namespace, labels }) }));
  const { taken, leftOut } = sift(workloads, config);
  return {
    taken: taken.map(({ object }) => object.metadata.namespace),
    leftOut: leftOut.map(({ what, count, reason }) => `${what}: ${count}, ${reason}`),
  };
}

describe('what the catalogue takes', () => {
  it('is everything but the namespaces of the cluster itself and of operators', () => {
    const config = catalogConfigOf();
    expect(config.kinds).toEqual(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);
    expect(siftOf(config, ['shop', 'kube-system', 'kube-system', 'flux-system', 'kafka-operator'])).toEqual({
      taken: ['shop'],
      leftOut: [
        'flux-system: 1, namespace excluded by rollouts.catalog.namespaces.exclude (*-system)',
        'kafka-operator: 1, namespace excluded by rollouts.catalog.namespaces.exclude (*-operator)',
        'kube-system: 2, namespace excluded by rollouts.catalog.namespaces.exclude (kube-*)',
      ],
    });
  });

  it('is what the configuration says', () => {
    const config = catalogConfigOf(
      { namespaces: { include: ['team-*'], exclude: ['team-x'] }, kinds: ['CronJob'], labelSelector: 'tier in (web)' },
      { namespaces: { exclude: ['team-old'] } },
    );
    expect(config.kinds).toEqual(['CronJob']);
    const web = { tier: 'web' };
    expect(siftOf(config, ['team-a', 'team-x', 'team-old', 'kube-system'], web)).toEqual({
      taken: ['team-a'],
      leftOut: [
        'kube-system: 1, namespace not in rollouts.catalog.namespaces.include',
        'team-old: 1, namespace excluded by rollouts.catalog.namespaces.exclude (team-old)',
        'team-x: 1, namespace excluded by rollouts.catalog.namespaces.exclude (team-x)',
      ],
    });
    expect(siftOf(config, ['team-a']).leftOut).toEqual([
      'team-a: 1, labels do not fit rollouts.catalog.labelSelector (tier in (web))',
    ]);
  });

  it.each([
    [{ kinds: ['Pod'] }, 'rollouts.catalog.kinds: Pod is none of'],
    [{ labelSelector: 'a b' }, 'rollouts.catalog.labelSelector: "a b" is no part'],
  ])('refuses %j', (catalog, message) => {
    expect(() => catalogConfigOf(catalog)).toThrow(message);
  });
});
