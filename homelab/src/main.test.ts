import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { load } from 'js-yaml';
import type { ReadyMessage } from './scenario/startScenario';

const main = resolve(__dirname, 'main.ts');
interface Kubeconfig {
  contexts: { name: string }[];
  'current-context': string;
}

const transform = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');

let stateDir: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'homelab-'));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(stateDir, { recursive: true });
});

/** @param preload - a further file that the process loads before the homelab */
function start(preload = transform): ChildProcess {
  const args = [
    '--require',
    preload,
    '--require',
    transform,
    main,
    '--state',
    stateDir,
    '--portal-url',
    'http://localhost:7007',
  ];
  // Jest's own transform settings must not reach the child.
  const env = { ...process.env, NODE_OPTIONS: '' };
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
}

async function ready(started: ChildProcess): Promise<ReadyMessage> {
  if (!started.stdout) throw new Error('the process has no output');
  for await (const line of createInterface({ input: started.stdout })) {
    if (line.startsWith('HOMELAB_READY ')) return JSON.parse(line.slice('HOMELAB_READY '.length)) as ReadyMessage;
  }
  throw new Error('the process ended before it was ready');
}

async function stop(started: ChildProcess): Promise<number | null> {
  const exit = once(started, 'exit');
  started.kill('SIGTERM');
  const [code] = (await exit) as [number | null];
  return code;
}

function request(message: ReadyMessage, path: string, init: RequestInit = {}) {
  const { HOMELAB_KUBERNETES_URL: url, HOMELAB_KUBERNETES_OPERATOR_TOKEN: token } = message.environment;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/merge-patch+json' };
  return fetch(`${url}${path}`, { ...init, headers });
}

/** Environment variables of a cluster. */
function variablesOf(cluster: string): string[] {
  return ['OPERATOR_TOKEN', 'READER_TOKEN', 'URL'].map(value => `HOMELAB_${cluster}_${value}`);
}

const deployment = '/apis/apps/v1/namespaces/microservices/deployments/frontend';

describe('the homelab process', () => {
  it('says how to reach it, keeps what changed over a restart, and ends in good order', async () => {
    child = start();
    const first = await ready(child);
    expect(Object.keys(first.environment).sort()).toEqual([
      ...variablesOf('BIGQUERY'),
      ...['HOST', 'TOKEN', 'URL', 'USERNAME'].map(value => `HOMELAB_GIT_${value}`),
      ...['GKE_MICROSERVICES', 'GKE_MLOPS'].flatMap(variablesOf),
      ...variablesOf('KUBERNETES'),
      'HOMELAB_OIDC_CLIENT_ID',
      'HOMELAB_OIDC_CLIENT_SECRET',
      'HOMELAB_OIDC_METADATA_URL',
      'HOMELAB_WEATHER_URL',
    ]);
    const clusters = ['homelab-k3s', 'gke-homelab-microservices', 'gke-mlops-cluster'];
    expect(first.systems.map(system => system.name)).toEqual([...clusters, 'git', 'warehouse', 'sign-in']);
    const kubeconfig = load(await readFile(join(stateDir, 'kubeconfig'), 'utf8')) as Kubeconfig;
    expect(kubeconfig.contexts.map(context => context.name)).toEqual(clusters);
    expect(kubeconfig['current-context']).toBe('homelab-k3s');
    expect((await stat(join(stateDir, 'kubeconfig'))).mode & 0o777).toBe(0o600);
    const body = JSON.stringify({ metadata: { labels: { kept: 'yes' } } });
    expect((await request(first, deployment, { method: 'PATCH', body })).status).toBe(200);
    expect(await stop(child)).toBe(0);

    child = start();
    const second = await ready(child);
    const object = (await (await request(second, deployment)).json()) as { metadata: { labels: object } };
    expect(object.metadata.labels).toMatchObject({ kept: 'yes' });
    const { HOMELAB_GIT_URL: gitUrl, HOMELAB_GIT_TOKEN: gitToken } = second.environment;
    expect(first.environment).toMatchObject({ HOMELAB_GIT_URL: gitUrl, HOMELAB_GIT_TOKEN: gitToken });
    expect(await stop(child)).toBe(0);
  });

  it('names the file when the saved state is damaged', async () => {
    await writeFile(join(stateDir, 'homelab-k3s.json'), '{"format":');
    child = start();
    const errors: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    expect(errors.join('')).toContain('homelab-k3s.json is no saved homelab cluster');
    expect(await readFile(join(stateDir, 'homelab-k3s.json'), 'utf8')).toBe('{"format":');
  });

  it('ends when the start fails, even if something is still open', async () => {
    await mkdir(join(stateDir, 'kubeconfig', 'in-the-way'), { recursive: true });
    const open = join(stateDir, 'open.cjs');
    await writeFile(open, 'setInterval(() => undefined, 1_000);');
    child = start(open);
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
  });
});
