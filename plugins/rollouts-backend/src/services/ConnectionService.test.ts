import { ConfigReader } from '@backstage/config';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { connectionListSchema } from '@leitstand/plugin-kit-common';
import { clusterConfigOf, portalConfigOf } from '../__testUtils__/homelabConfig';
import { DefaultConnectionService } from './ConnectionService';

let homelab: KubernetesHomelab;
let service: DefaultConnectionService;
let now: number;
beforeEach(async () => {
  homelab = await startKubernetesHomelab();
  now = Date.parse('2026-03-01T10:00:00Z');
});
afterEach(async () => {
  service.close();
  await homelab.close();
});

function start(
  cluster: Parameters<typeof clusterConfigOf>[1] = {},
  writable = [{ name: 'homelab-k3s', token: homelab.tokens.operator }],
) {
  const config = portalConfigOf([clusterConfigOf(homelab, cluster)], writable);
  const [locator] = config.kubernetes.clusterLocatorMethods;
  locator.clusters.push({ ...locator.clusters[0], name: 'elsewhere', authProvider: 'aws' });
  service = DefaultConnectionService.fromConfig(new ConfigReader(config), { now: () => new Date(now) });
}

async function check(options = { refresh: false }) {
  const { items } = connectionListSchema.parse(await service.list(options));
  return items;
}

describe('DefaultConnectionService', () => {
  it('says whose credentials they are and that nothing is missing', async () => {
    start();
    const [connection, other] = await check();
    expect(connection).toMatchObject({
      system: 'Kubernetes',
      name: 'homelab-k3s',
      address: homelab.url,
      state: 'connected',
      version: expect.stringMatching(/^v1\./),
      latencyMs: expect.any(Number),
      observedAt: '2026-03-01T10:00:00.000Z',
      credentials: [
        { use: 'read', identity: 'system:serviceaccount:leitstand:reader' },
        { use: 'operate', identity: 'system:serviceaccount:leitstand:operator' },
      ],
    });
    const rights = connection.credentials.flatMap(credentials => credentials.rights);
    expect(rights.filter(({ isGranted }) => !isGranted)).toEqual([]);
    expect(rights).toContainEqual({
      right: 'patch deployments.apps',
      neededFor: expect.stringMatching(/^operations rollouts-rollback, rollouts-restart, /),
      isGranted: true,
    });
    expect(other).toMatchObject({
      name: 'elsewhere',
      state: 'not-configured',
      credentials: [{ use: 'read', problem: expect.stringContaining('(aws) is not supported') }],
    });
  });

  it('names the verb that is missing', async () => {
    start({}, [{ name: 'homelab-k3s', token: homelab.tokens.reader }]);
    const [connection] = await check();
    expect(connection.state).toBe('partial');
    const missing = connection.credentials.flatMap(({ rights }) => rights.filter(({ isGranted }) => !isGranted));
    expect(missing.map(({ right }) => right)).toEqual([
      'patch deployments.apps',
      'patch statefulsets.apps',
      'patch daemonsets.apps',
      'patch deployments/scale.apps',
      'patch statefulsets/scale.apps',
      'patch horizontalpodautoscalers.autoscaling',
      'create jobs.batch',
      'delete jobs.batch',
      'patch cronjobs.batch',
      'delete pods',
    ]);
    expect(missing).toContainEqual({
      right: 'delete pods',
      neededFor: 'operation rollouts-delete-pod',
      isGranted: false,
    });
  });

  it('takes a portal that only reads for connected, and says what to set', async () => {
    start({}, []);
    const [connection] = await check();
    expect(connection).toMatchObject({
      state: 'connected',
      credentials: [
        { use: 'read' },
        { use: 'operate', problem: expect.stringContaining('operations.upstreams.kubernetes.clusters'), rights: [] },
      ],
    });
  });

  it('tells a token that is not accepted from a cluster that cannot be reached', async () => {
    start({ token: 'wrong-token-value' });
    const [refused] = await check();
    expect(refused).toMatchObject({
      state: 'partial',
      lastError: { code: 'UPSTREAM_UNAUTHENTICATED' },
      credentials: [{ problem: expect.stringContaining('does not accept the configured token') }, { use: 'operate' }],
    });
    expect(JSON.stringify(refused)).not.toContain('wrong-token-value');
    service.close();
    start({ url: 'http://127.0.0.1:1' });
    const [unreachable] = await check();
    expect(unreachable).toMatchObject({
      state: 'unreachable',
      lastError: { code: 'UPSTREAM_UNREACHABLE', at: '2026-03-01T10:00:00.000Z' },
    });
    expect(unreachable.observedAt).toBeUndefined();
  });

  it('asks once for everybody, again after half a minute, and sooner on demand', async () => {
    start();
    const versions = () => homelab.journal.count(({ path }) => path === '/version');
    await Promise.all(Array.from({ length: 20 }, () => check()));
    expect(versions()).toBe(1);
    now += 10_000;
    await check();
    expect(versions()).toBe(1);
    await check({ refresh: true });
    await check({ refresh: true });
    expect(versions()).toBe(2);
    homelab.faults.always({ path: '*' }, { status: 503 });
    now += 31_000;
    const [failed] = await check();
    expect(failed).toMatchObject({
      state: 'unreachable',
      lastError: { code: 'UPSTREAM_FAILED' },
      observedAt: '2026-03-01T10:00:10.000Z',
    });
    expect(versions()).toBe(3);
  });
});
