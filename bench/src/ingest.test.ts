import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { clusterConfigOf, clusterName } from './harness/clusterConfig';
import { untilSignedIn } from './harness/untilSignedIn';
import { ProcessProbe, type EventLoopDelay } from './measure/ProcessProbe';
import { inUnits, report } from './measure/report';
import { summarize } from './measure/statistics';

jest.setTimeout(600_000);

const workloadCount = 2_000;
const changeCount = 20;

/** The first start, from the launcher's call on, with an empty catalogue. */
const visibleGoalMs = 60_000;
const changeGoalMs = 5_000;
const delayGoalMs = 100;

/**
 * How long it takes until what runs on a large cluster is in the catalogue, how busy the backend is with it meanwhile, and
 * how long afterwards until a change is seen.
 */
describe('bench/ingest', () => {
  it('measures the first start and changes', async () => {
    const cluster = await startKubernetesHomelab({
      name: clusterName,
      seed: { workloads: workloadCount, podsPerWorkload: 1 },
    });
    const stateDir = await mkdtemp(path.join(tmpdir(), 'leitstand-bench-'));
    const probe = new ProcessProbe(stateDir);
    const configFile = path.join(stateDir, 'app-config.bench.json');
    await writeFile(configFile, JSON.stringify(clusterConfigOf(cluster)));
    const { startStack } = await import('../../scripts/launcher/stack.mjs');
    const started = performance.now();
    const stack = await startStack({
      port: 0,
      stateDir,
      logDirectory: path.join(stateDir, 'logs'),
      extraConfigs: [configFile],
      env: { ...probe.environment, BENCH_TOKEN: cluster.tokens.reader },
    });
    try {
      const readyMs = performance.now() - started;
      await probe.read(stack.pids.backend); // what is before belongs to the start
      const catalog = new Catalog(stack.url, await untilSignedIn(stack.url));
      const signedInMs = performance.now() - started;
      await catalog.untilCounted(workloadCount);
      const visibleMs = performance.now() - started;
      const { delay } = await probe.read(stack.pids.backend);
      const createMs: number[] = [];
      const deleteMs: number[] = [];
      for (let round = 0; round < changeCount; round++) {
        const name = `change-${round}`;
        createMs.push(await timeUntil(() => createDeployment(cluster, name), catalog, { name, exists: true }));
        deleteMs.push(
          await timeUntil(() => cluster.objects.delete('Deployment', 'team-01', name), catalog, {
            name,
            exists: false,
          }),
        );
      }
      await report('ingest', [
        { what: 'first start until the portal answers', value: inUnits(readyMs) },
        { what: 'first start until people can sign in', value: inUnits(signedInMs) },
        {
          what: `first start until ${workloadCount} workloads are visible`,
          value: inUnits(visibleMs),
          goal: `≤ ${inUnits(visibleGoalMs)}`,
          isMet: visibleMs <= visibleGoalMs,
        },
        delayFigure(delay),
        changeFigure('a new workload is visible: p50 / p95', createMs),
        changeFigure('a deleted workload is gone: p50 / p95', deleteMs),
      ]);
      expect(createMs).toHaveLength(changeCount);
    } finally {
      await stack.stop();
      await cluster.close();
      await rm(stateDir, { recursive: true, force: true });
    }
  });
});

function delayFigure({ p50Ms, p99Ms, maxMs }: EventLoopDelay) {
  return {
    what: 'event-loop delay meanwhile: p50 / p99 / most',
    value: [p50Ms, p99Ms, maxMs].map(inUnits).join(' / '),
    goal: `p99 ≤ ${delayGoalMs} ms`,
    isMet: p99Ms <= delayGoalMs,
  };
}

function changeFigure(what: string, samples: number[]) {
  const { n, p50Ms, p95Ms } = summarize(samples);
  return {
    what,
    value: `${inUnits(p50Ms)} / ${inUnits(p95Ms)}  n=${n}`,
    goal: `≤ ${inUnits(changeGoalMs)}`,
    isMet: p95Ms <= changeGoalMs,
  };
}

function createDeployment(cluster: KubernetesHomelab, name: string): void {
  const labels = { app: name };
  cluster.objects.create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'team-01', labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.28' }] } },
    },
  });
}

async function timeUntil(
  change: () => void,
  catalog: Catalog,
  expected: { name: string; exists: boolean },
): Promise<number> {
  const started = performance.now();
  change();
  await catalog.untilExists(`${clusterName}.team-01.${expected.name}`, expected.exists);
  return performance.now() - started;
}

/** The catalogue as a browser asks it. */
class Catalog {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, token: string) {
    this.#url = `${url}/api/catalog`;
    this.#headers = { Authorization: `Bearer ${token}` };
  }

  async untilCounted(count: number): Promise<void> {
    const query = new URLSearchParams({
      filter: `kind=component,metadata.annotations.backstage.io/kubernetes-cluster=${clusterName}`,
      limit: '0',
    });
    await this.#until(250, async () => {
      const response = await fetch(`${this.#url}/entities/by-query?${query}`, { headers: this.#headers });
      const { totalItems } = (await response.json()) as { totalItems: number };
      return totalItems >= count;
    });
  }

  async untilExists(name: string, exists: boolean): Promise<void> {
    await this.#until(25, async () => {
      const response = await fetch(`${this.#url}/entities/by-name/component/default/${name}`, {
        headers: this.#headers,
      });
      await response.body?.cancel();
      return response.ok === exists;
    });
  }

  async #until(pauseMs: number, holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
}
