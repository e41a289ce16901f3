import { ManualClock } from '../../core';
import { ask, eventually } from '../__testUtils__/cluster';
import type { Deployment, ManagedFieldsEntry } from '../model';
import { startKubernetesHomelab, type KubernetesHomelab } from '../startKubernetesHomelab';

const deployments = '/apis/apps/v1/namespaces/microservices/deployments';
const frontend = `${deployments}/frontend`;

function live(cluster: KubernetesHomelab): Deployment {
  const found = cluster.objects.get('Deployment', 'microservices', 'frontend');
  if (!found) throw new Error('no frontend');
  return found;
}

function patch(cluster: KubernetesHomelab, type: string, options: { body: unknown; query?: string; path?: string }) {
  const { body, query = '', path = frontend } = options;
  const headers = { 'content-type': `application/${type}` };
  return ask(cluster, `${path}?${query}`, { method: 'PATCH', headers, body: JSON.stringify(body) });
}

function managers(cluster: KubernetesHomelab): string[] {
  const entries: ManagedFieldsEntry[] = live(cluster).metadata.managedFields ?? [];
  return entries.map(entry => `${entry.manager} ${entry.operation}${entry.subresource ? ` ${entry.subresource}` : ''}`);
}

/** A cluster whose frontend carries a label by each kind of patch. */
const patches: [string, unknown][] = [
  ['json-patch+json', [{ op: 'add', path: '/metadata/labels/by', value: 'patch' }]],
  ['merge-patch+json', { metadata: { labels: { by: 'patch' } } }],
  ['strategic-merge-patch+json', { metadata: { labels: { by: 'patch' } } }],
];

describe('patch', () => {
  it.each(patches)('takes %s and names the field manager', async (type, body) => {
    await using cluster = await startKubernetesHomelab();
    const before = live(cluster);
    const { status } = await patch(cluster, type, { body, query: 'fieldManager=leitstand' });
    expect(status).toBe(200);
    const after = live(cluster);
    expect(after.metadata.labels?.by).toBe('patch');
    expect(Number(after.metadata.resourceVersion)).toBeGreaterThan(Number(before.metadata.resourceVersion));
    expect(after.metadata.generation).toBe(before.metadata.generation);
    const own = after.metadata.managedFields?.find(entry => entry.manager === 'leitstand');
    expect(own).toMatchObject({ operation: 'Update', fieldsV1: { 'f:metadata': { 'f:labels': { 'f:by': {} } } } });
  });

  it('rolls back as kubectl does, guarded by tests of uid and generation', async () => {
    await using cluster = await startKubernetesHomelab({ podStartMs: 5 });
    const backend = cluster.objects.get('Deployment', 'microservices', 'backend');
    const third = cluster.objects
      .list('ReplicaSet', 'microservices')
      .find(
        item =>
          item.metadata.name.startsWith('backend-') &&
          item.metadata.annotations?.['deployment.kubernetes.io/revision'] === '3',
      );
    const template = structuredClone(third?.spec.template);
    delete template?.metadata?.labels?.['pod-template-hash'];
    const body = [
      { op: 'test', path: '/metadata/uid', value: backend?.metadata.uid },
      { op: 'test', path: '/metadata/generation', value: backend?.metadata.generation },
      { op: 'replace', path: '/spec/template', value: template },
    ];
    const path = `${deployments}/backend`;
    expect((await patch(cluster, 'json-patch+json', { body, path, query: 'dryRun=All' })).status).toBe(200);
    expect(cluster.objects.get('Deployment', 'microservices', 'backend')).toEqual(backend);
    expect((await patch(cluster, 'json-patch+json', { body, path })).status).toBe(200);
    await eventually(() => {
      const { status, metadata } = cluster.objects.get('Deployment', 'microservices', 'backend') ?? {};
      return (
        status?.availableReplicas === 2 &&
        status.replicas === 2 &&
        metadata?.annotations?.['deployment.kubernetes.io/revision'] === '5'
      );
    });
    const again = await patch(cluster, 'json-patch+json', { body, path });
    expect(again).toEqual({
      status: 422,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'the server rejected our request due to an error in our request',
        reason: 'Invalid',
        details: {},
        code: 422,
      },
    });
  });

  it('counts a generation for a changed spec and for changed annotations of a Deployment', async () => {
    await using cluster = await startKubernetesHomelab();
    const { generation = 0 } = live(cluster).metadata;
    await patch(cluster, 'merge-patch+json', { body: { metadata: { annotations: { note: 'x' } } } });
    expect(live(cluster).metadata.generation).toBe(generation + 1);
    await patch(cluster, 'merge-patch+json', { body: { spec: { progressDeadlineSeconds: 300 } } });
    expect(live(cluster).metadata.generation).toBe(generation + 2);
    await patch(cluster, 'merge-patch+json', { body: { status: { replicas: 9 } }, path: `${frontend}/status` });
    expect(live(cluster).metadata.generation).toBe(generation + 2);
  });

  it('changes nothing, not even the version, when the patch changes nothing', async () => {
    await using cluster = await startKubernetesHomelab();
    const before = live(cluster);
    const { template } = before.spec;
    await patch(cluster, 'json-patch+json', { body: [{ op: 'replace', path: '/spec/template', value: template }] });
    await patch(cluster, 'merge-patch+json', { body: { spec: { replicas: 2 } } });
    expect(live(cluster)).toEqual(before);
  });

  it.each([
    ['plain', 'application/json', '{}', 415],
    ['no patch', 'application/json-patch+json', '{}', 400],
    ['no JSON', 'application/merge-patch+json', '{', 400],
    ['a path that is not there', 'application/json-patch+json', '[{"op":"remove","path":"/spec/colour"}]', 422],
    ['an invalid result', 'application/merge-patch+json', '{"spec":{"replicas":-1}}', 422],
    ['another selector', 'application/merge-patch+json', '{"spec":{"selector":{"matchLabels":{"app":"x"}}}}', 422],
    ['another uid', 'application/merge-patch+json', '{"metadata":{"uid":"x"}}', 409],
    ['an old version', 'application/merge-patch+json', '{"metadata":{"resourceVersion":"1"}}', 409],
  ])('refuses %s', async (_name, type, body, status) => {
    await using cluster = await startKubernetesHomelab();
    const before = live(cluster);
    const answer = await ask(cluster, frontend, { method: 'PATCH', headers: { 'content-type': type }, body });
    expect(answer).toMatchObject({ status, body: { kind: 'Status', status: 'Failure', code: status } });
    expect(live(cluster)).toEqual(before);
  });
});

describe('server-side apply', () => {
  const applied = (replicas: number, rest: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'frontend', ...rest },
    spec: { replicas },
  });
  const type = 'apply-patch+yaml';

  it('refuses a field of somebody else, takes it by force, and drops what is no longer applied', async () => {
    await using cluster = await startKubernetesHomelab();
    const conflict = await patch(cluster, type, { body: applied(3), query: 'fieldManager=one' });
    expect(conflict).toMatchObject({
      status: 409,
      body: {
        message: 'Apply failed with 1 conflict: conflict with "helm": .spec.replicas',
        details: {
          causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.spec.replicas' }],
        },
      },
    });
    const labelled = applied(3, { labels: { mine: 'yes' } });
    expect((await patch(cluster, type, { body: labelled, query: 'fieldManager=one&force=true' })).status).toBe(200);
    expect(live(cluster)).toMatchObject({
      metadata: { labels: { mine: 'yes', app: 'frontend' } },
      spec: { replicas: 3 },
    });
    expect((await patch(cluster, type, { body: applied(3), query: 'fieldManager=one' })).status).toBe(200);
    expect(live(cluster).metadata.labels).not.toHaveProperty('mine');
    expect(managers(cluster)).toEqual(
      expect.arrayContaining(['helm Update', 'one Apply', 'k3s Update', 'k3s Update status']),
    );
    const version = live(cluster).metadata.resourceVersion;
    const agreed = await patch(cluster, type, { body: applied(3), query: 'fieldManager=one&dryRun=All' });
    expect(agreed.status).toBe(200);
    expect(live(cluster).metadata.resourceVersion).toBe(version);
  });

  it('creates what is not there, and wants a field manager', async () => {
    await using cluster = await startKubernetesHomelab();
    const body = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'new' } };
    const path = '/api/v1/namespaces/default/serviceaccounts/new';
    expect(await patch(cluster, type, { body, path })).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
    expect((await patch(cluster, type, { body, path, query: 'fieldManager=one' })).status).toBe(201);
  });
});

describe('create, update and delete', () => {
  const body = (name: string, rest: object = {}) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name }, ...rest });
  const accounts = '/api/v1/namespaces/default/serviceaccounts';

  it('writes nothing on a dry run and refuses another word for it', async () => {
    await using cluster = await startKubernetesHomelab();
    const before = cluster.resourceVersion;
    expect((await ask(cluster, `${accounts}?dryRun=All`, { method: 'POST', body: body('one') })).status).toBe(201);
    expect((await ask(cluster, `${frontend}?dryRun=All`, { method: 'DELETE' })).status).toBe(200);
    expect(await ask(cluster, `${accounts}?dryRun=yes`, { method: 'POST', body: body('one') })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('supported values: "All"') },
    });
    expect(cluster.resourceVersion).toBe(before);
  });

  it('refuses what exists, has a bad name, or belongs elsewhere', async () => {
    await using cluster = await startKubernetesHomelab();
    const post = (text: string, path = accounts) => ask(cluster, path, { method: 'POST', body: text });
    expect((await post(body('one'))).status).toBe(201);
    expect(await post(body('one'))).toMatchObject({ status: 409, body: { reason: 'AlreadyExists' } });
    expect(await post(body('Not A Name'))).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
    expect(await post(body('two', { kind: 'Pod' }))).toMatchObject({ status: 400 });
    expect(await post(body('two'), '/api/v1/namespaces/nowhere/serviceaccounts')).toMatchObject({
      status: 404,
      body: { message: 'namespaces "nowhere" not found' },
    });
    const protobuf = { 'content-type': 'application/vnd.kubernetes.protobuf' };
    expect((await ask(cluster, accounts, { method: 'POST', headers: protobuf, body: 'k8s' })).status).toBe(415);
  });

  it('updates under optimistic concurrency', async () => {
    await using cluster = await startKubernetesHomelab();
    const object = live(cluster);
    const put = (value: object) => ask(cluster, frontend, { method: 'PUT', body: JSON.stringify(value) });
    expect((await put({ ...object, spec: { ...object.spec, replicas: 3 } })).status).toBe(200);
    expect(await put(object)).toMatchObject({
      status: 409,
      body: {
        message:
          'Operation cannot be fulfilled on deployments.apps "frontend": the object has been modified; please apply your changes to the latest version and try again',
        details: { name: 'frontend', group: 'apps', kind: 'deployments' },
      },
    });
  });

  it('deletes under preconditions, and all of a selection', async () => {
    await using cluster = await startKubernetesHomelab();
    const precondition = JSON.stringify({ preconditions: { uid: 'other' } });
    expect((await ask(cluster, frontend, { method: 'DELETE', body: precondition })).status).toBe(409);
    const removed = await ask(cluster, `${deployments}?labelSelector=app%3Dfrontend`, { method: 'DELETE' });
    expect(removed).toMatchObject({ status: 200, body: { items: [{ metadata: { name: 'frontend' } }] } });
    expect(cluster.objects.list('Deployment', 'microservices').map(item => item.metadata.name)).toEqual(['backend']);
  });

  it('empties a namespace before it goes, and takes nothing new into it', async () => {
    const clock = new ManualClock();
    await using cluster = await startKubernetesHomelab({ clock });
    await ask(cluster, '/api/v1/namespaces/caloguessr', { method: 'DELETE' });
    expect(
      await ask(cluster, '/api/v1/namespaces/caloguessr/serviceaccounts', { method: 'POST', body: body('late') }),
    ).toMatchObject({
      status: 403,
      body: { details: { causes: [{ reason: 'NamespaceTerminating' }] } },
    });
    await eventually(() => {
      clock.advance(1_000);
      return cluster.objects.get('Namespace', undefined, 'caloguessr') === undefined;
    });
    expect(cluster.objects.list('Pod', 'caloguessr')).toEqual([]);
  });

  it('keeps secrets encoded', async () => {
    await using cluster = await startKubernetesHomelab();
    const text = body('one', { kind: 'Secret', stringData: { key: 'value' } });
    const { body: secret } = await ask(cluster, '/api/v1/namespaces/default/secrets', { method: 'POST', body: text });
    expect(secret).toMatchObject({ data: { key: 'dmFsdWU=' }, type: 'Opaque' });
    expect(secret).not.toHaveProperty('stringData');
  });
});
