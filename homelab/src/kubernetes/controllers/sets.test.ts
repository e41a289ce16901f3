import { startManualCluster, template } from '../__testUtils__/manualCluster';

const image = 'registry.k8s.io/pause:3.9';
const selector = { matchLabels: { app: 'app' } };

describe('a StatefulSet', () => {
  function start(spec: object = {}) {
    const cluster = startManualCluster();
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        replicas: 3,
        serviceName: 'db',
        selector,
        template: template(image),
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
        ...spec,
      },
    });
    const pods = () =>
      cluster
        .list('Pod')
        .map(({ metadata, spec: podSpec }) => `${metadata.name} ${podSpec.containers[0].image}`)
        .sort();
    return { ...cluster, pods };
  }

  it('starts its pods one after the other, each with its storage', () => {
    const { clock, pods, list, get } = start();
    clock.advance(500);
    expect(pods()).toEqual([`db-0 ${image}`]);
    clock.advance(10_000);
    expect(pods()).toEqual([`db-0 ${image}`, `db-1 ${image}`, `db-2 ${image}`]);
    expect(list('PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual([
      'data-db-0',
      'data-db-1',
      'data-db-2',
    ]);
    expect(get('StatefulSet', 'db').status).toMatchObject({ replicas: 3, readyReplicas: 3, updatedReplicas: 3 });
  });

  it('replaces them from the last to the first, and says when it is done', () => {
    const { clock, pods, update, get } = start();
    clock.advance(10_000);
    update('StatefulSet', 'db', object => {
      object.spec.template.spec.containers[0].image = 'registry.k8s.io/pause:3.10';
    });
    clock.advance(2_000);
    expect(pods()[0]).toBe(`db-0 ${image}`);
    const during = get('StatefulSet', 'db').status as Record<string, string>;
    expect(during.currentRevision).not.toBe(during.updateRevision);
    clock.advance(20_000);
    expect(pods().map(pod => pod.slice(0, 4) + pod.slice(-4))).toEqual(['db-03.10', 'db-13.10', 'db-23.10']);
    const after = get('StatefulSet', 'db').status as Record<string, string>;
    expect(after.currentRevision).toBe(after.updateRevision);
  });

  it('gives up the last ones first, and keeps their storage', () => {
    const { clock, pods, update, list } = start();
    clock.advance(10_000);
    update('StatefulSet', 'db', object => {
      object.spec.replicas = 1;
    });
    clock.advance(10_000);
    expect(pods()).toEqual([`db-0 ${image}`]);
    expect(list('PersistentVolumeClaim')).toHaveLength(3);
  });
});

describe('a DaemonSet', () => {
  it('has one pod on each node that it selects, and replaces them one by one', () => {
    const { create, clock, list, get, update } = startManualCluster();
    create({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: { selector, template: template(image) },
    });
    clock.advance(5_000);
    expect(new Set(list('Pod').map(pod => pod.spec.nodeName)).size).toBe(3);
    expect(get('DaemonSet', 'agent').status).toMatchObject({ desiredNumberScheduled: 3, numberReady: 3 });
    update('DaemonSet', 'agent', object => {
      object.spec.template.spec.containers[0].image = 'registry.k8s.io/pause:3.10';
    });
    const ready: number[] = [];
    for (let step = 0; step < 100; step++) {
      clock.advance(100);
      ready.push((get('DaemonSet', 'agent').status as { numberReady: number }).numberReady);
    }
    expect(Math.min(...ready)).toBe(2);
    expect(list('Pod').map(pod => pod.spec.containers[0].image)).toEqual(Array(3).fill('registry.k8s.io/pause:3.10'));
    update('DaemonSet', 'agent', object => {
      object.spec.template.spec.nodeSelector = { 'node-role.kubernetes.io/control-plane': 'true' };
    });
    clock.advance(10_000);
    expect(list('Pod').map(pod => pod.spec.nodeName)).toEqual(['k3s-5f2a91c3-server']);
  });
});

describe('a Service', () => {
  it('has the ready pods behind it as endpoints, by the name of their port', () => {
    const { create, clock, get, list, remove, update } = startManualCluster();
    const containers = [{ name: 'main', image, ports: [{ name: 'web', containerPort: 8080 }] }];
    create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'app' },
      spec: { type: 'LoadBalancer', selector: { app: 'app' }, ports: [{ port: 80, targetPort: 'web' }] },
    });
    create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'app' },
      spec: { replicas: 2, selector, template: template(image, { containers }) },
    });
    clock.advance(500);
    expect(get('Endpoints', 'app').subsets).toBeUndefined();
    clock.advance(5_000);
    const addresses = list('Pod').map(pod => pod.status.podIP);
    const [subset] = get('Endpoints', 'app').subsets ?? [];
    expect(subset.addresses?.map(({ ip }) => ip).sort()).toEqual(addresses.sort());
    expect(subset.ports).toEqual([{ name: undefined, port: 8080, protocol: 'TCP' }]);
    const [slice] = list('EndpointSlice') as { endpoints?: unknown[]; metadata: { labels?: object } }[];
    expect(slice.metadata.labels).toEqual({ 'kubernetes.io/service-name': 'app' });
    expect(slice.endpoints).toHaveLength(2);
    const { spec, status } = get('Service', 'app');
    expect(spec.clusterIP).toMatch(/^10\.43\./);
    expect(spec.ports?.[0].nodePort).toBeGreaterThanOrEqual(30_000);
    expect(status?.loadBalancer.ingress).toHaveLength(3);
    update('Deployment', 'app', object => {
      object.spec.template.spec.containers[0].image = 'registry.k8s.io/pause:missing';
    });
    clock.advance(5_000);
    const [later] = get('Endpoints', 'app').subsets ?? [];
    expect([later.addresses?.length, later.notReadyAddresses?.length]).toEqual([2, 1]);
    remove('Service', 'app');
    clock.advance(1_000);
    expect([list('Endpoints'), list('EndpointSlice')]).toEqual([[], []]);
  });
});
