import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { workloadSchema, workloadTopic } from '@leitstand/plugin-rollouts-common';
import { clusterConfigOf, portalConfigOf } from '../__testUtils__/homelabConfig';
import { ClusterReaders } from './ClusterReaders';
import { WorkloadLiveSource } from './WorkloadLiveSource';

const ref = { cluster: 'homelab-k3s', namespace: 'microservices', kind: 'Deployment', name: 'frontend' } as const;
const topic = workloadTopic(ref);
const credentials = mockCredentials.user();

let homelab: KubernetesHomelab;
let readers: ClusterReaders;
let source: WorkloadLiveSource;
let decision: AuthorizeResult.ALLOW | AuthorizeResult.DENY;

beforeEach(async () => {
  decision = AuthorizeResult.ALLOW;
  homelab = await startKubernetesHomelab({ podStartMs: 20 });
  readers = ClusterReaders.fromConfig(new ConfigReader(portalConfigOf([clusterConfigOf(homelab)])), { idleMs: 20 });
  const permissions = mockServices.permissions.mock({ authorize: async () => [{ result: decision }] });
  source = new WorkloadLiveSource({ readers, permissions, coalesceMs: 10 });
});
afterEach(async () => {
  await readers.close();
  await homelab.close();
});

function scale(replicas: number): void {
  const deployment = homelab.objects.get('Deployment', 'microservices', 'frontend')!;
  homelab.objects.replace({ ...deployment, spec: { ...deployment.spec, replicas }, status: undefined });
}

describe('WorkloadLiveSource', () => {
  it('gives every reader the whole workload at once and after each change', async () => {
    const controller = new AbortController();
    const readings = [1, 2].map(() => source.states(topic, { signal: controller.signal }));
    const first = await Promise.all(readings.map(reading => reading.next()));
    expect(first[0].value).toEqual(first[1].value);
    expect(workloadSchema.parse(first[0].value?.data)).toMatchObject({ name: 'frontend', replicas: { desired: 2 } });

    scale(3);
    for (const reading of readings) {
      for (;;) {
        const { value } = await reading.next();
        if (workloadSchema.parse(value?.data).replicas.available === 3) break;
      }
    }
    controller.abort();
    for (const reading of readings) expect(await reading.next()).toEqual({ done: true, value: undefined });
    const lists = homelab.journal.filter(({ path, query }) => path === '/api/v1/pods' && query.watch === undefined);
    expect(lists).toHaveLength(1);
  });

  it('does not take a word from the cluster for a change', async () => {
    const states = source.states(topic, { signal: AbortSignal.timeout(150) });
    await states.next();
    const other = homelab.objects.get('Deployment', 'caloguessr', 'caloguessr')!;
    homelab.objects.replace({ ...other, spec: { ...other.spec, replicas: 1 }, status: undefined });
    expect((await states.next()).done).toBe(true);
  });

  it('fails for a workload that there is not, or no longer', async () => {
    const signal = AbortSignal.timeout(60_000);
    const nothing = source.states(workloadTopic({ ...ref, name: 'nothing' }), { signal });
    await expect(nothing.next()).rejects.toMatchObject({ code: 'WORKLOAD_NOT_FOUND' });
    const states = source.states(topic, { signal });
    await states.next();
    homelab.objects.delete('Deployment', 'microservices', 'frontend');
    const outcome = (async () => {
      while (!(await states.next()).done);
    })();
    await expect(outcome).rejects.toMatchObject({ code: 'WORKLOAD_NOT_FOUND' });
  });

  it('is for those who may read workloads, and for topics of its form', async () => {
    await source.authorize(topic, credentials);
    const codeOf = (name: string) =>
      source.authorize(name, credentials).catch(error => errorCodeOf(error) ?? error.name);
    expect(await codeOf('rollouts:workload/nowhere/a/Deployment/b')).toBe('CLUSTER_UNKNOWN');
    expect(await codeOf('rollouts:workload/only')).toBe('InputError');
    expect(await codeOf('rollouts:workload/%/a/Deployment/b')).toBe('InputError');
    decision = AuthorizeResult.DENY;
    expect(await codeOf(topic)).toBe('NotAllowedError');
  });
});
