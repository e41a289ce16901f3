import { ConfigReader } from '@backstage/config';
import { startKubernetesHomelab } from '@leitstand/homelab';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { clusterConfigOf, portalConfigOf } from '../__testUtils__/homelabConfig';
import { ClusterReaders } from './ClusterReaders';
import { WorkloadSummaries } from './WorkloadSummaries';

describe('WorkloadSummaries', () => {
  it('computes only the rows again whose objects changed', async () => {
    await using homelab = await startKubernetesHomelab({ podStartMs: 5 });
    const readers = ClusterReaders.fromConfig(new ConfigReader(portalConfigOf([clusterConfigOf(homelab)])));
    const reader = readers.get('homelab-k3s');
    const summaries = new WorkloadSummaries(reader, { isLeftOut: namespace => namespace === 'kube-system', restMs: 0 });
    const lease = reader.forList.acquire();
    await reader.forList.settled(AbortSignal.timeout(60_000));
    const rowOf = (name: string) => summaries.get().find(({ summary }) => summary.name === name)!;
    const [frontend, backend] = [rowOf('frontend'), rowOf('backend')];

    const deployment = homelab.objects.get('Deployment', 'microservices', 'frontend')!;
    homelab.objects.replace({ ...deployment, spec: { ...deployment.spec, replicas: 3 }, status: undefined });
    await eventually(
      () => rowOf('frontend').summary.replicas,
      ({ desired, ready }) => desired === 3 && ready === 3,
    );
    expect(rowOf('backend')).toBe(backend);
    expect(rowOf('frontend')).not.toBe(frontend);

    homelab.objects.delete('Deployment', 'microservices', 'frontend');
    await eventually(
      () => rowOf('frontend'),
      row => row === undefined,
    );
    lease[Symbol.dispose]();
    await readers.close();
    expect(summaries.get()).toEqual([]);
  });
});
