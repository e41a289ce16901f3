import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { BenchDoor, type EndedRun } from './harness/BenchDoor';
import { inUnits, report, type Figure } from './measure/report';
import { summarize } from './measure/statistics';

jest.setTimeout(900_000);

const clusterName = 'bench';
/** So many that a Deployment's turn comes again after 12 s only. */
const workloadCount = 600;
const roundCount = 50;
const runsPerSecond = 50;
const loadSeconds = 60;
/** How long the last runs may take after the minute is over. */
const drainMs = 120_000;

const postgres = process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
const databases: [string, object][] = [
  ['SQLite', {}],
  ...(postgres ? [['PostgreSQL', postgresConfig(postgres)] as [string, object]] : []),
];

/** What an operation costs beside the call that it makes in the end, and how many the door takes in a minute. */
describe('bench/door', () => {
  it.each(databases)('measures plan and run on %s', async (name, database) => {
    await using cluster = await startKubernetesHomelab({
      name: clusterName,
      seed: { workloads: workloadCount, podsPerWorkload: 1 },
    });
    await using portal = await startPortal(cluster, database);
    const door = await BenchDoor.open(portal.url);
    const targets = await door.untilEntities(workloadCount);
    const alone = await measureAlone(cluster, door, targets);
    const load = await measureLoad(cluster, door, targets);
    await report(`door-${name.toLowerCase()}`, [...aloneFigures(alone), ...loadFigures(load)]);
    expect(load.accepted).toBeGreaterThan(0);
  });
});

/** One after the other, the two ways taking turns on the same Deployments. */
async function measureAlone(cluster: KubernetesHomelab, door: BenchDoor, targets: string[]) {
  const doorMs: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round < roundCount; round++) {
    const entityRef = targets[round];
    const patchedBefore = patchCount(cluster);
    const asked = performance.now();
    const running = door.planAndRun('rollouts-pause', entityRef);
    while (patchCount(cluster) === patchedBefore) await new Promise(resolve => setTimeout(resolve, 1));
    doorMs.push(performance.now() - asked);
    await door.untilFinished(await running);
    bareMs.push(await patchBare(cluster, entityRef));
  }
  return { doorMs, bareMs };
}

interface Load {
  accepted: number;
  refused: Map<string, number>;
  /** Of the runs that were taken. */
  ended: EndedRun[];
  /** When the minute was over, ISO 8601. */
  minuteEndedAt: string;
  /** Changes that the cluster accepted. */
  patched: number;
  /** From asking for the plan to the answer that the run is taken, in milliseconds. */
  acceptedMs: number[];
  tookSeconds: number;
}

/** So many people at once: a new plan and run each 20 ms, whether or not those before have ended. */
async function measureLoad(cluster: KubernetesHomelab, door: BenchDoor, targets: string[]): Promise<Load> {
  cluster.journal.clear();
  const refused = new Map<string, number>();
  const acceptedMs: number[] = [];
  const runIds: string[] = [];
  const paused = new Set(targets.slice(0, roundCount)); // as the rounds before left them
  let patched = 0;
  const counting = setInterval(() => {
    patched += patchCount(cluster);
    cluster.journal.clear(); // it keeps the last ten thousand requests only
  }, 100);
  const startedAt = performance.now();
  const asked: Promise<void>[] = [];
  for (let index = 0; index < runsPerSecond * loadSeconds; index++) {
    const wait = startedAt + (index * 1000) / runsPerSecond - performance.now();
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait));
    const target = targets[index % targets.length];
    const operation = paused.has(target) ? 'rollouts-resume' : 'rollouts-pause';
    const ask = async () => {
      const began = performance.now();
      runIds.push(await door.planAndRun(operation, target));
      acceptedMs.push(performance.now() - began);
      // What is refused changes nothing: the next turn asks for the same again.
      if (!paused.delete(target)) paused.add(target);
    };
    asked.push(ask().catch((error: Error) => void refused.set(error.message, (refused.get(error.message) ?? 0) + 1)));
  }
  const minuteEndedAt = new Date().toISOString();
  await Promise.all(asked);
  const ended = await door.untilAllFinished(runIds, drainMs);
  const tookSeconds = (performance.now() - startedAt) / 1000;
  clearInterval(counting);
  patched += patchCount(cluster);
  return { accepted: runIds.length, refused, ended, minuteEndedAt, patched, acceptedMs, tookSeconds };
}

function patchCount(cluster: KubernetesHomelab): number {
  return cluster.journal.count(
    ({ method, query, status, user }) =>
      method === 'PATCH' && query.dryRun === undefined && status === 200 && (user?.endsWith(':operator') ?? false),
  );
}

/** The same change by one request. @returns milliseconds until it is accepted */
async function patchBare(cluster: KubernetesHomelab, entityRef: string): Promise<number> {
  const [, namespace, name] = entityRef.split('/')[1].split('.');
  const started = performance.now();
  const response = await fetch(`${cluster.url}/apis/apps/v1/namespaces/${namespace}/deployments/${name}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json', authorization: `Bearer ${cluster.tokens.operator}` },
    body: JSON.stringify({ spec: { paused: true } }),
  });
  await response.text();
  if (!response.ok) throw new Error(`The cluster answered ${response.status}`);
  return performance.now() - started;
}

function aloneFigures({ doorMs, bareMs }: { doorMs: number[]; bareMs: number[] }): Figure[] {
  const [door, bare] = [summarize(doorMs), summarize(bareMs)];
  return [
    { what: 'bare patch: p50 / p95', value: `${inUnits(bare.p50Ms)} / ${inUnits(bare.p95Ms)}  n=${bare.n}` },
    { what: 'plan and run until patched: p50 / p95', value: `${inUnits(door.p50Ms)} / ${inUnits(door.p95Ms)}` },
    { what: 'added by the door: p50', value: inUnits(door.p50Ms - bare.p50Ms) },
    { what: 'added by the door: p95', value: inUnits(door.p95Ms - bare.p95Ms) },
  ];
}

function loadFigures({ accepted, refused, ended, minuteEndedAt, patched, acceptedMs, tookSeconds }: Load): Figure[] {
  const lost = accepted - ended.length;
  const states = new Map<string, number>();
  ended.forEach(({ state }) => states.set(state, (states.get(state) ?? 0) + 1));
  const inMinute = ended.filter(({ finishedAt }) => finishedAt <= minuteEndedAt);
  const waiting = ended.filter(run => run.createdAt <= minuteEndedAt && run.finishedAt > minuteEndedAt);
  const { p50Ms, p95Ms } = summarize(acceptedMs);
  return [
    { what: `asked for, ${runsPerSecond} a second for ${loadSeconds} s`, value: String(runsPerSecond * loadSeconds) },
    { what: 'runs taken', value: `${accepted}` },
    { what: 'runs refused', value: JSON.stringify(Object.fromEntries(refused)) },
    { what: 'runs ended as', value: JSON.stringify(Object.fromEntries(states)) },
    { what: 'changes that the cluster accepted', value: String(patched) },
    { what: 'runs lost: taken and without an end', value: String(lost), goal: '0', isMet: lost === 0 },
    { what: 'runs ended in the minute, a second', value: (inMinute.length / loadSeconds).toFixed(1) },
    { what: 'runs under way or waiting at the end of the minute', value: String(waiting.length) },
    { what: 'all ended after', value: inUnits(tookSeconds * 1000) },
    { what: 'plan and run until taken: p50 / p95', value: `${inUnits(p50Ms)} / ${inUnits(p95Ms)}` },
  ];
}

function postgresConfig(connection: string): object {
  return { client: 'pg', connection, prefix: `leitstand_bench_${randomUUID().slice(0, 8)}_` };
}

/** A portal in processes of its own, before one cluster of this process. */
async function startPortal(cluster: KubernetesHomelab, database: object): Promise<{ url: string } & AsyncDisposable> {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'leitstand-bench-'));
  const configFile = path.join(stateDir, 'app-config.bench.json');
  const reached = {
    ...{ name: clusterName, url: cluster.url, authProvider: 'serviceAccount', skipTLSVerify: true },
    serviceAccountToken: cluster.tokens.reader,
  };
  const config = {
    backend: { database },
    kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters: [reached] }] },
    operations: {
      upstreams: { kubernetes: { clusters: [{ name: clusterName, serviceAccountToken: cluster.tokens.operator }] } },
    },
  };
  await writeFile(configFile, JSON.stringify(config));
  const { startStack } = await import('../../scripts/launcher/stack.mjs');
  const stack = await startStack({
    port: 0,
    ...{ stateDir, logDirectory: path.join(stateDir, 'logs'), extraConfigs: [configFile] },
  });
  return {
    url: stack.url,
    async [Symbol.asyncDispose]() {
      await stack.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
