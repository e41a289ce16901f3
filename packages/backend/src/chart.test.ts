import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { hasClusterTools, openClusterTools, type ClusterTools } from './__testUtils__/clusterTools';

const deploy = resolve(__dirname, '../../../deploy');
const chart = `${deploy}/helm/leitstand`;

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  roleRef?: object;
  subjects?: { namespace: string }[];
  data?: Record<string, string>;
  spec?: {
    replicas?: number;
    maxUnavailable?: number | string;
    template?: {
      metadata: { labels?: Record<string, string>; annotations?: Record<string, string> };
      spec: { containers: Record<string, unknown>[]; volumes: object[]; [field: string]: unknown };
    };
    [field: string]: unknown;
  };
}

const kindsOfAll = ['ConfigMap', 'Deployment', 'Ingress', 'NetworkPolicy', 'PodDisruptionBudget', 'Service'];
const accounts = [
  ...['ClusterRole', 'ClusterRole', 'ClusterRoleBinding'],
  ...['Secret', 'Secret', 'ServiceAccount', 'ServiceAccount'],
];

(hasClusterTools ? describe : describe.skip)('the Helm chart', () => {
  let tools: ClusterTools;
  beforeAll(async () => {
    tools = await openClusterTools();
  });
  afterAll(() => tools[Symbol.asyncDispose]());

  async function render(values: object = {}, namespace = 'leitstand'): Promise<Manifest[]> {
    const file = await tools.write('values.json', JSON.stringify(values));
    const text = await tools.helm('template', 'leitstand', chart, '--namespace', namespace, '--values', file);
    return (loadAll(text) as (Manifest | null)[]).filter(manifest => manifest !== null);
  }

  const kindsOf = (manifests: Manifest[]) => manifests.map(({ kind }) => kind).sort();

  function podOf(manifests: Manifest[]) {
    const template = manifests.find(({ kind }) => kind === 'Deployment')?.spec?.template;
    if (!template) throw new Error('The chart has no Deployment');
    return { template, container: template.spec.containers[0] };
  }

  it('passes its linter', async () => {
    await expect(tools.helm('lint', '--strict', chart)).resolves.toContain('1 chart(s) linted, 0 chart(s) failed');
  });

  it('is deploy/manifests and deploy/rbac with the default values', async () => {
    const rendered = await render();
    delete podOf(rendered).template.metadata.annotations; // the checksum of systems
    for (const { labels } of [...rendered, podOf(rendered).template].map(({ metadata }) => metadata)) {
      delete labels?.['app.kubernetes.io/managed-by'];
    }
    const files = ['manifests/leitstand', 'rbac/reader', 'rbac/operator', 'rbac/tokens'];
    const plain = files.flatMap(file => loadAll(readFileSync(`${deploy}/${file}.yaml`, 'utf8')) as Manifest[]);
    const sorted = (manifests: Manifest[]) =>
      Object.fromEntries(manifests.map(manifest => [`${manifest.kind} ${manifest.metadata.name}`, manifest]));
    expect(sorted(rendered)).toEqual(sorted(plain));
  });

  it('follows its values', async () => {
    const systems = load(readFileSync(`${deploy}/systems.yaml`, 'utf8')) as object;
    const rendered = await render({
      image: { repository: 'registry.example.org/leitstand', digest: `sha256:${'a'.repeat(64)}` },
      imagePullSecrets: [{ name: 'registry' }],
      replicas: 3,
      maxUnavailable: '34%',
      baseUrl: 'https://leitstand.example.org',
      existingSecret: 'portal',
      environment: { LEITSTAND_OIDC_TITLE: 'Company' },
      systems,
      filesSecret: 'portal-files',
      drain: '20s',
      nodeSelector: { disk: 'fast' },
      tolerations: [{ key: 'portal', operator: 'Exists' }],
      podAnnotations: { 'example.org/team': 'platform' },
      service: { port: 8080, annotations: { 'example.org/kind': 'web' } },
      rbac: { operatorEverywhere: true, tokens: false },
    });
    const { template, container } = podOf(rendered);
    expect(rendered.find(({ kind }) => kind === 'Deployment')?.spec?.replicas).toBe(3);
    expect(rendered.find(({ kind }) => kind === 'PodDisruptionBudget')?.spec?.maxUnavailable).toBe('34%');
    expect(container).toMatchObject({
      image: `registry.example.org/leitstand@sha256:${'a'.repeat(64)}`,
      env: [
        { name: 'LEITSTAND_BASE_URL', value: 'https://leitstand.example.org' },
        { name: 'LEITSTAND_DRAIN', value: '20s' },
        { name: 'LEITSTAND_OIDC_TITLE', value: 'Company' },
      ],
      envFrom: [{ secretRef: { name: 'portal' } }],
      volumeMounts: [{}, {}, { mountPath: '/run/secrets/leitstand', readOnly: true }],
    });
    expect(template.spec).toMatchObject({
      imagePullSecrets: [{ name: 'registry' }],
      nodeSelector: { disk: 'fast' },
      tolerations: [{ key: 'portal', operator: 'Exists' }],
      volumes: [{}, {}, { secret: { secretName: 'portal-files' } }],
    });
    expect(template.metadata.annotations).toMatchObject({ 'example.org/team': 'platform' });
    expect(load(rendered.find(({ kind }) => kind === 'ConfigMap')?.data?.['systems.yaml'] ?? '')).toEqual(systems);
    const expected = [...kindsOfAll, ...accounts, 'ClusterRoleBinding'].filter(kind => kind !== 'Secret');
    expect(kindsOf(rendered)).toEqual(expected.sort());
  });

  it('leaves out what is turned off', async () => {
    const off = { ingress: { enabled: false }, networkPolicy: { enabled: false }, rbac: { create: false } };
    expect(kindsOf(await render(off))).toEqual(['ConfigMap', 'Deployment', 'PodDisruptionBudget', 'Service']);
  });

  it('stays in the namespace of its release', async () => {
    const rendered = await render({}, 'portals');
    const namespaces = rendered.flatMap(({ metadata, subjects = [] }) => [
      metadata.namespace,
      ...subjects.map(({ namespace }) => namespace),
    ]);
    expect([...new Set(namespaces)].sort()).toEqual(['portals', undefined]); // what belongs to no namespace has none
  });

  it('starts new pods when systems change', async () => {
    const checksum = async (systems: object) =>
      podOf(await render({ systems })).template.metadata.annotations?.['checksum/systems'];
    expect(await checksum({ app: {} })).not.toBe(await checksum({}));
  });

  it.each([
    ['no replica', { replicas: 0 }, 'replicas'],
    ['an address with a path', { baseUrl: 'https://portal.example.org/leitstand' }, 'baseUrl'],
    ['no address', { baseUrl: null }, 'baseUrl'],
    ['a variable that is no text', { environment: { LEITSTAND_PORT: 7007 } }, 'environment.LEITSTAND_PORT'],
    ['a misspelt value', { replicaCount: 2 }, 'replicaCount'],
    ['a tag as a digest', { image: { digest: 'latest' } }, 'digest'],
    ['a drain without a unit', { drain: '15' }, 'drain'],
  ])('refuses %s', async (_, values, named) => {
    await expect(render(values)).rejects.toThrow(named);
  });
});
