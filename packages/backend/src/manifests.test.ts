import { resolve } from 'node:path';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { hasClusterTools, openClusterTools, type ClusterTools } from './__testUtils__/clusterTools';

const deploy = resolve(__dirname, '../../../deploy');
const image = 'leitstand:0.1.0';

interface KubernetesObject {
  metadata: { name: string; generation?: number; resourceVersion?: string };
  status?: { readyReplicas?: number };
}

(hasClusterTools ? describe : describe.skip)('on a cluster, by kubectl', () => {
  let tools: ClusterTools;
  let cluster: KubernetesHomelab;
  beforeAll(async () => {
    tools = await openClusterTools();
  });
  afterAll(() => tools[Symbol.asyncDispose]());
  beforeEach(async () => {
    cluster = await startKubernetesHomelab({ seed: 'empty', images: [image], podStartMs: 100 });
    await tools.use(cluster);
    await tools.kubectl('create', 'namespace', 'leitstand');
  });
  afterEach(() => cluster[Symbol.asyncDispose]());

  /** Applies a file, or a directory with a kustomization. @returns what became of each object, by `deployment.apps/leitstand` */
  async function apply(path: string, ...flags: string[]): Promise<Record<string, string>> {
    const output = await tools.kubectl('apply', path.endsWith('.yaml') ? '--filename' : '--kustomize', path, ...flags);
    const lines = output.trim().split('\n');
    return Object.fromEntries(lines.map(line => line.split(' ', 2) as [string, string]));
  }

  /** The objects of a file as the cluster has them, without what its controllers write. */
  async function read(file: string): Promise<object[]> {
    const output = await tools.kubectl('get', '--filename', file, '--output', 'json');
    const { items } = JSON.parse(output) as { items: KubernetesObject[] };
    return items.map(({ status: _status, metadata: { resourceVersion: _version, ...metadata }, ...rest }) => ({
      ...rest,
      metadata,
    }));
  }

  async function untilReady() {
    await tools.kubectl('rollout', 'status', 'deployment/leitstand', '--timeout=20s');
    const deployment = JSON.parse(await tools.kubectl('get', 'deployment/leitstand', '--output', 'json'));
    expect((deployment as KubernetesObject).status?.readyReplicas).toBe(2);
  }

  /** What a second apply says of objects that it leaves as they are. kubectl always sends the selector of a budget. */
  function unchanged(first: Record<string, string>): Record<string, string> {
    const names = Object.keys(first);
    return Object.fromEntries(
      names.map(name => [name, /^poddisruptionbudget/.test(name) ? 'configured' : 'unchanged']),
    );
  }

  it('deploy/manifests are taken, the pods become ready, and a second apply changes nothing', async () => {
    const file = `${deploy}/manifests/leitstand.yaml`;
    const first = await apply(`${deploy}/manifests`);
    expect(first).toEqual({
      'configmap/leitstand-systems': 'created',
      'deployment.apps/leitstand': 'created',
      'ingress.networking.k8s.io/leitstand': 'created',
      'networkpolicy.networking.k8s.io/leitstand': 'created',
      'poddisruptionbudget.policy/leitstand': 'created',
      'service/leitstand': 'created',
    });
    await untilReady();
    const before = await read(file);
    expect(await apply(`${deploy}/manifests`)).toEqual(unchanged(first));
    expect(await read(file)).toEqual(before);
  });

  it('deploy/manifests are taken by server-side apply, and a second time they change nothing', async () => {
    const file = `${deploy}/manifests/leitstand.yaml`;
    await apply(file, '--server-side');
    await untilReady();
    const before = await read(file);
    await apply(file, '--server-side');
    expect(await read(file)).toEqual(before);
  });

  it('the chart is taken whole, with its accounts and their rights', async () => {
    const rendered = await tools.helm('template', 'leitstand', `${deploy}/helm/leitstand`, '--namespace', 'leitstand');
    const file = await tools.write('rendered.yaml', rendered);
    const first = await apply(file);
    expect(Object.keys(first)).toHaveLength(13);
    await untilReady();
    expect(await apply(file)).toEqual(unchanged(first));
  });

  it('the account of one namespace is taken too', async () => {
    const answers = await apply(`${deploy}/rbac/operator-namespace.yaml`, '--namespace', 'default');
    expect(answers).toEqual({ 'rolebinding.rbac.authorization.k8s.io/leitstand-operator': 'created' });
  });
});
