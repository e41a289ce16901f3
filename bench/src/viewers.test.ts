import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { clusterName } from './harness/clusterConfig';
import { startBenchPortal, type BenchPortal } from './harness/startBenchPortal';
import { WorkloadViewer } from './harness/WorkloadViewer';
import { inUnits, report } from './measure/report';
import { summarize } from './measure/statistics';

jest.setTimeout(600_000);

const viewerCount = 200;
const workload = { cluster: clusterName, namespace: 'team-01', kind: 'Deployment', name: 'workload-00001' } as const;

/** From the first viewer on; the same for one and for many, because some things are asked for at intervals. */
const observedMs = 20_000;

/** What some viewers cost the cluster, and how long they waited. */
interface Outcome {
  /** Requests to the cluster by what they ask for, for example `watch pods`. */
  requests: Map<string, number>;
  firstStateMs: number[];
  /** From the change on the cluster until a viewer has it. */
  changeMs: number[];
}

/**
 * Viewers of one workload's page: each asks for the workload and follows it. They come at once, see a rollout, half of them
 * leave and come back. A portal and a cluster of their own for one viewer, and for all of them.
 */
describe('bench/viewers', () => {
  it('measures what one viewer and what many viewers of a workload cost its cluster', async () => {
    const one = await measure(1);
    const many = await measure(viewerCount);
    const [oneTotal, manyTotal] = [one, many].map(({ requests }) => totalOf(requests));
    await report('viewers', [
      { what: 'requests to the cluster for 1 viewer', value: `${oneTotal}: ${listed(one.requests)}` },
      {
        what: `requests to the cluster for ${viewerCount} viewers`,
        value: `${manyTotal}: ${listed(many.requests)}`,
        goal: 'the same',
        isMet: listed(one.requests) === listed(many.requests),
      },
      { what: 'ratio of the requests', value: (manyTotal / oneTotal).toFixed(2) },
      { what: 'first state, 1 viewer', value: inUnits(one.firstStateMs[0]) },
      seriesFigure(`first state, ${viewerCount} viewers at once: p50 / p95`, many.firstStateMs),
      { what: 'a change is seen, 1 viewer', value: inUnits(one.changeMs[0]) },
      seriesFigure(`a change is seen, ${viewerCount} viewers: p50 / p95`, many.changeMs),
    ]);
    expect(many.changeMs).toHaveLength(viewerCount);
  });
});

async function measure(count: number): Promise<Outcome> {
  await using cluster = await startKubernetesHomelab({ seed: { workloads: 20, podsPerWorkload: 3 }, podStartMs: 50 });
  await using portal = await startBenchPortal(cluster, { users: ['operator', 'viewer', 'admin'] });
  await untilQuiet(cluster);
  cluster.journal.clear();
  const started = performance.now();
  const viewers = Array.from({ length: count }, (_, index) => viewerOf(portal, index));
  try {
    const firstStateMs = await Promise.all(viewers.map(viewer => viewer.open()));
    const changeMs = await rollOut(cluster, viewers);
    const leaving = viewers.slice(0, Math.ceil(count / 2));
    await Promise.all(leaving.map(viewer => viewer.close()));
    await Promise.all(leaving.map(viewer => viewer.open()));
    await new Promise(resolve => setTimeout(resolve, started + observedMs - performance.now()));
    return { requests: requestsOf(cluster), firstStateMs, changeMs };
  } finally {
    await Promise.all(viewers.map(viewer => viewer.close()));
  }
}

function viewerOf({ url, tokens }: BenchPortal, index: number): WorkloadViewer {
  return new WorkloadViewer({ portalUrl: url, token: tokens[index % tokens.length], workload });
}

/** Milliseconds until each viewer sees the new image. */
async function rollOut(cluster: KubernetesHomelab, viewers: WorkloadViewer[]): Promise<number[]> {
  const image = 'nginx:1.27';
  const changed = performance.now();
  const deployment = structuredClone(cluster.objects.get('Deployment', workload.namespace, workload.name)!);
  deployment.spec.template.spec.containers[0].image = image;
  cluster.objects.replace({ ...deployment, status: undefined });
  return Promise.all(
    viewers.map(async viewer => {
      await viewer.until(({ images }) => images.some(container => container.image === image));
      return performance.now() - changed;
    }),
  );
}

/** What the portal asks for by itself, for the catalogue, belongs to no viewer. */
async function untilQuiet(cluster: KubernetesHomelab): Promise<void> {
  for (let before = -1; before !== cluster.journal.count();) {
    before = cluster.journal.count();
    await new Promise(resolve => setTimeout(resolve, 3_000));
  }
}

function requestsOf(cluster: KubernetesHomelab): Map<string, number> {
  const requests = new Map<string, number>();
  for (const { method, path, query } of cluster.journal) {
    const what = path.split('/').at(-1);
    const verb = method === 'GET' ? (query.watch ? 'watch' : 'read') : method;
    requests.set(`${verb} ${what}`, (requests.get(`${verb} ${what}`) ?? 0) + 1);
  }
  return requests;
}

function totalOf(requests: Map<string, number>): number {
  return [...requests.values()].reduce((sum, count) => sum + count, 0);
}

function listed(requests: Map<string, number>): string {
  return [...requests]
    .map(([what, count]) => `${what} ${count}`)
    .sort()
    .join(', ');
}

function seriesFigure(what: string, samples: number[]) {
  const { n, p50Ms, p95Ms } = summarize(samples);
  return { what, value: `${inUnits(p50Ms)} / ${inUnits(p95Ms)}  n=${n}` };
}
