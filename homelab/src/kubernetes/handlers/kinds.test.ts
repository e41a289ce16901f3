import { ManualClock } from '../../core';
import { ask, clientsFor, eventually } from '../__testUtils__/cluster';
import type { Pod } from '../model';
import { startKubernetesHomelab, type KubernetesHomelab } from '../startKubernetesHomelab';
import { since } from './tableCells';

const asTable = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };

interface Table {
  kind: string;
  columnDefinitions: { name: string; priority: number }[];
  rows: { cells: unknown[]; object: { kind: string; metadata: { name: string } } }[];
}

async function table(cluster: KubernetesHomelab, path: string) {
  const body = (await ask(cluster, path, { headers: asTable })).body as unknown as Table;
  expect(body.kind).toBe('Table');
  const shown = body.columnDefinitions.flatMap(({ name, priority }, index) =>
    priority === 0 ? [{ name, index }] : [],
  );
  const rows = body.rows.map(({ cells }) => shown.map(({ index }) => cells[index]));
  return { names: shown.map(({ name }) => name), rows, objects: body.rows.map(({ object }) => object) };
}

function post(cluster: KubernetesHomelab, path: string, body: object) {
  return ask(cluster, path, { method: 'POST', body: JSON.stringify(body) });
}

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'sensors.example.org' },
  spec: {
    group: 'example.org',
    scope: 'Namespaced',
    names: { kind: 'Sensor', plural: 'sensors', shortNames: ['sen'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        additionalPrinterColumns: [{ name: 'Place', type: 'string', jsonPath: '.spec.place' }],
      },
    ],
  },
};

describe('the official plugin', () => {
  it('may read all that it asks for', async () => {
    await using cluster = await startKubernetesHomelab();
    const { reader: token } = cluster.tokens;
    const asked = {
      '/api/v1': ['pods', 'services', 'configmaps', 'limitranges', 'resourcequotas'],
      '/apis/apps/v1': ['deployments', 'replicasets', 'statefulsets', 'daemonsets'],
      '/apis/autoscaling/v2': ['horizontalpodautoscalers'],
      '/apis/batch/v1': ['jobs', 'cronjobs'],
      '/apis/networking.k8s.io/v1': ['ingresses'],
      '/apis/metrics.k8s.io/v1beta1': ['pods'],
    };
    for (const [root, plurals] of Object.entries(asked)) {
      for (const plural of plurals) {
        const path = `${root}/namespaces/microservices/${plural}?labelSelector=app%3Dbackend`;
        const { status, body } = await ask(cluster, path, { token });
        expect([path, status, Array.isArray(body.items)]).toEqual([path, 200, true]);
      }
    }
  });
});

describe('custom resources', () => {
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const sensors = '/apis/example.org/v1/namespaces/default/sensors';
  const sensor = {
    apiVersion: 'example.org/v1',
    kind: 'Sensor',
    metadata: { name: 'one' },
    spec: { place: 'roof' },
    status: { value: 21 },
  };

  it('are there with their definition, in the snapshot too, and go with it', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    expect((await ask(cluster, sensors)).status).toBe(404);
    const { status, body } = await post(cluster, definitions, definition);
    expect(status).toBe(201);
    expect(body.status).toMatchObject({
      conditions: [{ type: 'NamesAccepted' }, { type: 'Established', status: 'True' }],
    });
    expect((await ask(cluster, '/apis/example.org/v1')).body.resources).toMatchObject([
      { name: 'sensors', kind: 'Sensor' },
    ]);
    expect((await post(cluster, sensors, sensor)).body.metadata).toMatchObject({ generation: 1 });
    expect(await table(cluster, sensors)).toMatchObject({ names: ['Name', 'Place'], rows: [['one', 'roof']] });
    await using later = await startKubernetesHomelab({ state: cluster.snapshot() });
    expect((await ask(later, `${sensors}/one`)).body).toMatchObject({ spec: { place: 'roof' }, status: { value: 21 } });
    await ask(later, `${definitions}/sensors.example.org`, { method: 'DELETE' });
    expect((await ask(later, sensors)).status).toBe(404);
    await post(later, definitions, definition);
    expect((await ask(later, sensors)).body.items).toEqual([]);
  });

  it('do not take over a kind that there is, and are named by their definition', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    const names = { kind: 'Pod', plural: 'sensors' };
    const { body } = await post(cluster, definitions, { ...definition, spec: { ...definition.spec, names } });
    expect(body.status).toMatchObject({
      conditions: [{ status: 'False', reason: 'KindConflict' }, { status: 'False' }],
    });
    expect((await post(cluster, definitions, { ...definition, metadata: { name: 'other' } })).status).toBe(422);
  });
});

describe('metrics', () => {
  it('say what the containers of running pods and the nodes use, and cannot be written', async () => {
    await using cluster = await startKubernetesHomelab();
    const { reader: token } = cluster.tokens;
    const root = '/apis/metrics.k8s.io/v1beta1';
    const frontends = `${root}/namespaces/microservices/pods?labelSelector=app%3Dfrontend`;
    const { body } = await ask(cluster, frontends, { token });
    expect(body.kind).toBe('PodMetricsList');
    const quantities = { cpu: expect.stringMatching(/^\d+m?$/), memory: expect.stringMatching(/^\d+Ki$/) };
    const items = body.items as { metadata: { name: string } }[];
    expect(items[0]).toMatchObject({ window: '15s', containers: [{ name: 'frontend', usage: quantities }] });
    const pods = cluster.objects.list('Pod', 'microservices').filter(pod => pod.metadata.labels?.app === 'frontend');
    expect(items.map(({ metadata }) => metadata.name).sort()).toEqual(pods.map(pod => pod.metadata.name).sort());
    const one = `${root}/namespaces/microservices/pods/${pods[0].metadata.name}`;
    expect((await ask(cluster, one, { token })).body.kind).toBe('PodMetrics');
    expect((await ask(cluster, `${root}/nodes`, { token })).body.items).toMatchObject([
      { usage: quantities },
      { usage: quantities },
      { usage: quantities },
    ]);
    expect((await ask(cluster, one, { method: 'DELETE' })).status).toBe(405);
    expect((await ask(cluster, `${root}/pods?watch=true`)).status).toBe(405);
  });
});

describe('tables', () => {
  it('have the columns that kubectl shows for the kind', async () => {
    await using cluster = await startKubernetesHomelab();
    const deployments = await table(cluster, '/apis/apps/v1/namespaces/microservices/deployments');
    expect(deployments.names).toEqual(['Name', 'Ready', 'Up-to-date', 'Available', 'Age']);
    expect(deployments.rows).toContainEqual(['frontend', '2/2', 2, 2, '29d']);
    expect(deployments.objects[0].kind).toBe('PartialObjectMetadata');
    const pods = await table(cluster, '/api/v1/namespaces/microservices/pods?labelSelector=app%3Dbackend');
    expect(pods.names).toEqual(['Name', 'Ready', 'Status', 'Restarts', 'Age']);
    expect(pods.rows.map(([, ready, status]) => `${ready} ${status}`)).toContain('0/1 ImagePullBackOff');
    const services = await table(cluster, '/api/v1/namespaces/microservices/services/frontend');
    expect(services.rows).toEqual([
      ['frontend', expect.any(String), expect.stringMatching(/^10\.43\./), '<none>', expect.any(String), '40d'],
    ]);
    const nodes = await table(cluster, '/api/v1/nodes');
    expect(nodes.rows[2].slice(0, 3)).toEqual(['k3s-5f2a91c3-server', 'Ready', 'control-plane,master']);
  });

  it('come one row at a time from a watch', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    const headers = { ...asTable, authorization: `Bearer ${cluster.tokens.reader}` };
    const response = await fetch(`${cluster.url}/api/v1/namespaces?watch=true&timeoutSeconds=1`, { headers });
    const events = (await response.text()).trimEnd().split('\n');
    expect(events.map(line => JSON.parse(line) as { type: string; object: Table })).toMatchObject([
      { type: 'ADDED', object: { kind: 'Table', rows: [{ cells: ['default', 'Active', '40d'] }] } },
      { type: 'ADDED', object: { kind: 'Table', rows: [{ cells: ['kube-system', 'Active', '40d'] }] } },
    ]);
  });

  it.each([
    [59_000, '59s'],
    [119_000, '119s'],
    [130_000, '2m10s'],
    [3_700_000, '61m'],
    [5 * 3_600_000, '5h'],
    [30 * 3_600_000, '30h'],
    [75 * 3_600_000, '3d3h'],
    [400 * 86_400_000, '400d'],
    [3 * 365 * 86_400_000, '3y'],
  ])('write an age of %d ms as %s', (ageMs, text) => {
    expect(since(new Date(0).toISOString(), ageMs)).toBe(text);
  });
});

describe('schemas and reviews', () => {
  it('tell kubectl that the server validates, for every version of a group', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    const { paths } = (await ask(cluster, '/openapi/v3')).body as {
      paths: Record<string, { serverRelativeURL: string }>;
    };
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['api/v1', 'apis/apps/v1', 'apis/batch/v1']));
    const schema = (await ask(cluster, paths['apis/apps/v1'].serverRelativeURL)).body as {
      paths: Record<string, { patch: { parameters: { name: string }[] } }>;
    };
    const { parameters } = schema.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'].patch;
    expect(parameters.map(({ name }) => name)).toContain('fieldValidation');
  });

  it('tell who asks, and what rights are left', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    const { reader: token } = cluster.tokens;
    const who = await ask(cluster, '/apis/authentication.k8s.io/v1/selfsubjectreviews', {
      method: 'POST',
      token,
      body: '{}',
    });
    expect(who.body.status).toMatchObject({ userInfo: { username: 'system:serviceaccount:leitstand:reader' } });
    cluster.setRules('reader', [{ verbs: ['list'], apiGroups: ['apps'], resources: ['deployments'] }]);
    expect((await ask(cluster, '/apis/apps/v1/deployments', { token })).status).toBe(200);
    expect((await ask(cluster, '/api/v1/pods', { token })).status).toBe(403);
    const { authorization } = await clientsFor(cluster, 'reader');
    const review = await authorization.createSelfSubjectAccessReview({
      body: { spec: { resourceAttributes: { verb: 'list', resource: 'pods' } } },
    });
    expect(review.status?.allowed).toBe(false);
  });
});

describe('logs', () => {
  const crash = 'ghcr.io/timfbr03/flink-processor:v0.3.0';

  async function startPod(image: string) {
    const cluster = await startKubernetesHomelab({ seed: 'empty', podStartMs: 20 });
    const spec = { containers: [{ name: 'main', image }], terminationGracePeriodSeconds: 0 };
    cluster.objects.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'one', namespace: 'default' },
      spec,
    } as Pod);
    const status = () => cluster.objects.get('Pod', 'default', 'one')?.status.containerStatuses?.[0];
    await eventually(() => status()?.state.running);
    return { cluster, status, path: '/api/v1/namespaces/default/pods/one/log' };
  }

  it('come with times, from a time on, and as many as wanted', async () => {
    const { cluster, path } = await startPod('registry.k8s.io/pause:3.9');
    await using _cluster = cluster;
    const text = async (query: string) => (await ask(cluster, `${path}?${query}`)).body.text;
    expect(await text('')).toBe('configuration read from environment\nready to serve\n');
    expect(await text('tailLines=1')).toBe('ready to serve\n');
    expect(await text('limitBytes=13&follow=true')).toBe('configuration');
    expect(await text('tailLines=1&timestamps=true')).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z ready to serve\n$/);
    expect(await text(`sinceTime=${new Date(Date.now() + 60_000).toISOString()}`)).toBe('');
    expect((await ask(cluster, `${path}?previous=true`)).body.message).toBe(
      'previous terminated container "main" in pod "one" not found',
    );
    expect((await ask(cluster, `${path}?container=other`)).status).toBe(400);
  });

  it('are followed to the end of the container, and there is the one before', async () => {
    const { cluster, status, path } = await startPod(crash);
    await using _cluster = cluster;
    const followed = await ask(cluster, `${path}?follow=true`);
    expect(followed.status).toBe(200);
    const lines = String(followed.body.text).trimEnd().split('\n');
    await eventually(() => status()?.restartCount === 1);
    expect((await ask(cluster, `${path}?previous=true`)).body.text).toBe(`${lines.join('\n')}\n`);
    expect(lines.length).toBeGreaterThan(2);
  });

  it('leave no timer and no socket when the homelab closes', async () => {
    const clock = new ManualClock();
    const cluster = await startKubernetesHomelab({ clock });
    const pod = cluster.objects.list('Pod', 'microservices').find(({ status }) => status.phase === 'Running');
    const path = `/api/v1/namespaces/microservices/pods/${pod?.metadata.name}/log?follow=true`;
    const before = clock.pendingCount;
    const headers = { authorization: `Bearer ${cluster.tokens.reader}` };
    expect((await fetch(`${cluster.url}${path}`, { headers })).status).toBe(200);
    expect(clock.pendingCount).toBe(before + 1);
    await cluster.close();
    expect([clock.pendingCount, cluster.openSocketCount]).toEqual([0, 0]);
  });
});

describe('protobuf', () => {
  function field(number: number, value: string | Buffer): Buffer {
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
  }

  async function create(cluster: KubernetesHomelab, kind: string, raw: Buffer) {
    const typeMeta = Buffer.concat([field(1, 'v1'), field(2, kind)]);
    const response = await fetch(`${cluster.url}/api/v1/namespaces`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${cluster.tokens.admin}`,
        'content-type': 'application/vnd.kubernetes.protobuf',
      },
      body: Buffer.concat([Buffer.from('k8s\0'), field(1, typeMeta), field(2, raw)]),
    });
    return { status: response.status, body: (await response.json()) as { message?: string; metadata: object } };
  }

  it('is understood for what kubectl creates, and refused with the field that is not', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    const labels = Buffer.concat([field(1, 'team'), field(2, 'blue')]);
    const metadata = Buffer.concat([field(1, 'blue'), field(3, ''), field(8, ''), field(11, labels)]);
    const created = await create(cluster, 'Namespace', Buffer.concat([field(1, metadata), field(2, ''), field(3, '')]));
    expect(created.status).toBe(201);
    expect(created.body.metadata).toMatchObject({ name: 'blue', labels: { team: 'blue' } });
    const unknown = await create(cluster, 'Namespace', field(9, 'x'));
    expect(unknown).toMatchObject({ status: 415, body: { message: expect.stringContaining('field 9 of Namespace') } });
    expect(await create(cluster, 'Lease', Buffer.alloc(0))).toMatchObject({ status: 415 });
    expect(await create(cluster, 'Namespace', Buffer.from([0x0a, 0xff]))).toMatchObject({ status: 415 });
  });
});
