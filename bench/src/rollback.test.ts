import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { AppsV1Api } from '@kubernetes/client-node';
import { clusterEnvironment, kubeconfigText, startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { untilSignedIn } from './harness/untilSignedIn';
import { inUnits, report, type Figure } from './measure/report';
import { summarize } from './measure/statistics';

jest.setTimeout(600_000);

const roundCount = 50;
const deploymentPath = '/apis/apps/v1/namespaces/microservices/deployments/frontend';
const entityRef = 'component:default/todo-frontend';

/**
 * From the click that confirms a plan to the patch that the cluster accepts, beside the same calls by the bare client.
 * The deployment goes back and forth between two healthy revisions, the two ways taking turns.
 */
describe('bench/rollback', () => {
  it('measures click to patch', async () => {
    const cluster = await startKubernetesHomelab({ podStartMs: 5 });
    const stateDir = await mkdtemp(path.join(tmpdir(), 'leitstand-bench-'));
    const { startStack } = await import('../../scripts/launcher/stack.mjs');
    const stack = await startStack({
      port: 0,
      stateDir,
      logDirectory: path.join(stateDir, 'logs'),
      env: clusterEnvironment(cluster, 'homelab-k3s'),
    });
    try {
      const door = await Door.open(stack.url);
      await door.untilEntityExists();
      const bare = await BareClient.create(cluster);
      const planMs: number[] = [];
      const planRequests: number[] = [];
      const clickMs: number[] = [];
      const clickRequests: number[] = [];
      const bareMs: number[] = [];
      for (let round = 0; round < roundCount; round++) {
        cluster.journal.clear();
        const planStarted = performance.now();
        const planId = await door.plan();
        planMs.push(performance.now() - planStarted);
        planRequests.push(writerRequests(cluster).length);

        cluster.journal.clear();
        const clicked = performance.now();
        const running = door.run(planId);
        await untilPatched(cluster);
        clickMs.push(performance.now() - clicked);
        clickRequests.push(writerRequests(cluster).length);
        await door.untilFinished(await running);

        bareMs.push(await bare.rollBack());
        await untilHealthy(cluster);
      }
      await report('rollback', [
        ...figures({ clickMs, bareMs, clickRequests, planMs, planRequests }),
        ...(await kubectlFigure(cluster)),
      ]);
      expect(clickMs).toHaveLength(roundCount);
    } finally {
      await stack.stop();
      await cluster.close();
      await rm(stateDir, { recursive: true, force: true });
    }
  });
});

function figures(
  samples: Record<'clickMs' | 'bareMs' | 'clickRequests' | 'planMs' | 'planRequests', number[]>,
): Figure[] {
  const click = summarize(samples.clickMs);
  const bare = summarize(samples.bareMs);
  const plan = summarize(samples.planMs);
  const added = { p50: click.p50Ms - bare.p50Ms, p95: click.p95Ms - bare.p95Ms };
  const mostRequests = Math.max(...samples.clickRequests);
  return [
    {
      what: 'bare client-node, same 3 calls: p50 / p95',
      value: `${inUnits(bare.p50Ms)} / ${inUnits(bare.p95Ms)}  n=${bare.n}`,
    },
    { what: 'click to patch: p50 / p95', value: `${inUnits(click.p50Ms)} / ${inUnits(click.p95Ms)}  n=${click.n}` },
    { what: 'added by the door: p50', value: inUnits(added.p50), goal: '≤ 25 ms', isMet: added.p50 <= 25 },
    { what: 'added by the door: p95', value: inUnits(added.p95) },
    {
      what: 'upstream requests from click to patch, most',
      value: String(mostRequests),
      goal: '≤ 4',
      isMet: mostRequests <= 4,
    },
    { what: 'plan: p50 / p95', value: `${inUnits(plan.p50Ms)} / ${inUnits(plan.p95Ms)}  n=${plan.n}` },
    { what: 'upstream requests of a plan, most', value: String(Math.max(...samples.planRequests)) },
  ];
}

/** Requests with the write credentials; the reader's watches are shared by everybody and not part of a rollback. */
function writerRequests(cluster: KubernetesHomelab) {
  return cluster.journal.filter(({ user }) => user?.endsWith(':operator') ?? false);
}

async function untilPatched(cluster: KubernetesHomelab): Promise<void> {
  const isPatched = () =>
    cluster.journal.count(
      ({ method, path: target, query, status }) =>
        method === 'PATCH' && target === deploymentPath && query.dryRun === undefined && status === 200,
    ) > 0;
  // Looking more often would take the processor from the servers that are measured; this adds at most about 1 ms.
  while (!isPatched()) await new Promise(resolve => setTimeout(resolve, 1));
}

async function untilHealthy(cluster: KubernetesHomelab): Promise<void> {
  for (;;) {
    const deployment = cluster.objects.get('Deployment', 'microservices', 'frontend') as {
      metadata: { generation: number };
      spec: { replicas: number };
      status: { observedGeneration: number; updatedReplicas: number; availableReplicas: number; replicas: number };
    };
    const { spec, status, metadata } = deployment;
    const counts = [status.updatedReplicas, status.availableReplicas, status.replicas];
    if (status.observedGeneration >= metadata.generation && counts.every(count => count === spec.replicas)) return;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** The portal's routes that a click uses. */
class Door {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  }

  /** Signs in as soon as the catalogue knows the users, a moment after the first start. */
  static async open(url: string): Promise<Door> {
    return new Door(url, await untilSignedIn(url));
  }

  async untilEntityExists(): Promise<void> {
    for (;;) {
      const response = await fetch(`${this.#url}/api/catalog/entities/by-name/component/default/todo-frontend`, {
        headers: this.#headers,
      });
      if (response.ok) return;
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }

  async plan(): Promise<string> {
    const body = { operation: 'rollouts-rollback', entityRef, input: {} };
    return (await this.#send<{ id: string }>('POST', '/v1/plans', body)).id;
  }

  async run(planId: string): Promise<string> {
    const body = { planId, reason: 'benchmark', idempotencyKey: planId };
    return (await this.#send<{ id: string }>('POST', '/v1/runs', body)).id;
  }

  async untilFinished(runId: string): Promise<void> {
    for (;;) {
      const run = await this.#send<{ state: string; error?: unknown }>('GET', `/v1/runs/${runId}`);
      if (run.state === 'succeeded') return;
      if (run.state !== 'queued' && run.state !== 'running') throw new Error(`The run ended as ${JSON.stringify(run)}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  async #send<T>(method: string, target: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}/api/operations${target}`, {
      method,
      headers: this.#headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${target} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}

/** The same three calls by the official client alone: read Deployment and ReplicaSet at once, then patch the template back. */
class BareClient {
  readonly #api: AppsV1Api;
  readonly #jsonPatch: Parameters<AppsV1Api['patchNamespacedDeployment']>[1];

  private constructor(api: AppsV1Api, jsonPatch: Parameters<AppsV1Api['patchNamespacedDeployment']>[1]) {
    this.#api = api;
    this.#jsonPatch = jsonPatch;
  }

  static async create(cluster: KubernetesHomelab): Promise<BareClient> {
    // The client is an ES module: the test runner loads those only dynamically.
    const { AppsV1Api: Api, KubeConfig, PatchStrategy, setHeaderOptions } = await import('@kubernetes/client-node');
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: 'bench', server: cluster.url, skipTLSVerify: true },
      { name: 'operator', token: cluster.tokens.operator },
    );
    return new BareClient(config.makeApiClient(Api), setHeaderOptions('Content-Type', PatchStrategy.JsonPatch));
  }

  /** Milliseconds from the first call to the accepted patch; finding the revision is not part of it, as with the door. */
  async rollBack(): Promise<number> {
    const namespace = 'microservices';
    const place = { namespace, name: 'frontend' };
    const previousName = await this.#previousReplicaSet(namespace);

    const started = performance.now();
    const [deployment, replicaSet] = await Promise.all([
      this.#api.readNamespacedDeployment(place),
      this.#api.readNamespacedReplicaSet({ namespace, name: previousName }),
    ]);
    const previous = replicaSet.spec?.template;
    delete previous?.metadata?.labels?.['pod-template-hash'];
    await this.#api.patchNamespacedDeployment(
      {
        ...place,
        fieldManager: 'bench',
        body: [
          { op: 'test', path: '/metadata/resourceVersion', value: deployment.metadata?.resourceVersion },
          { op: 'replace', path: '/spec/template', value: previous },
        ],
      },
      this.#jsonPatch,
    );
    return performance.now() - started;
  }

  async #previousReplicaSet(namespace: string): Promise<string> {
    const { items } = await this.#api.listNamespacedReplicaSet({ namespace, labelSelector: 'app=frontend' });
    const revisionOf = (annotations?: Record<string, string>) =>
      Number(annotations?.['deployment.kubernetes.io/revision']);
    const [, previous] = [...items].sort(
      (a, b) => revisionOf(b.metadata?.annotations) - revisionOf(a.metadata?.annotations),
    );
    return previous.metadata?.name ?? '';
  }
}

/** `kubectl rollout undo` against the same server, where the machine has kubectl. */
async function kubectlFigure(cluster: KubernetesHomelab): Promise<Figure[]> {
  const run = promisify(execFile);
  const directory = await mkdtemp(path.join(tmpdir(), 'leitstand-kubectl-'));
  try {
    await run('kubectl', ['version', '--client']);
    const kubeconfig = path.join(directory, 'config');
    await writeFile(kubeconfig, kubeconfigText([cluster]));
    const undo = ['rollout', 'undo', 'deployment/frontend', '-n', 'microservices', '--kubeconfig', kubeconfig];
    const samples: number[] = [];
    for (let round = 0; round < 10; round++) {
      const started = performance.now();
      await run('kubectl', undo);
      samples.push(performance.now() - started);
      await untilHealthy(cluster);
    }
    const { n, p50Ms, p95Ms } = summarize(samples);
    return [
      {
        what: 'kubectl rollout undo, whole process: p50 / p95',
        value: `${inUnits(p50Ms)} / ${inUnits(p95Ms)}  n=${n}`,
      },
    ];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [{ what: 'kubectl rollout undo', value: 'no kubectl on this machine' }];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
