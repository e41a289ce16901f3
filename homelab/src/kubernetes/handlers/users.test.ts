import { ask, clientsFor } from '../__testUtils__/cluster';
import { startKubernetesHomelab } from '../startKubernetesHomelab';

const deployments = '/apis/apps/v1/namespaces/microservices/deployments';
const mergePatch = { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' } };

describe('tokens', () => {
  it('answers 401 to a missing and to an unknown token', async () => {
    await using cluster = await startKubernetesHomelab();
    for (const token of ['unknown', '']) {
      expect(await ask(cluster, deployments, { token })).toEqual({
        status: 401,
        body: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: 'Unauthorized',
          reason: 'Unauthorized',
          code: 401,
        },
      });
    }
  });

  it('refuses what a token has no right to in the words of Kubernetes', async () => {
    await using cluster = await startKubernetesHomelab();
    const { reader, operator } = cluster.tokens;
    const patched = await ask(cluster, `${deployments}/backend`, { ...mergePatch, token: reader, body: '{}' });
    expect(patched).toEqual({
      status: 403,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message:
          'deployments.apps "backend" is forbidden: User "system:serviceaccount:leitstand:reader" cannot patch resource "deployments" in API group "apps" in the namespace "microservices"',
        reason: 'Forbidden',
        details: { name: 'backend', group: 'apps', kind: 'deployments' },
        code: 403,
      },
    });
    expect((await ask(cluster, '/api/v1/secrets', { token: operator })).body.message).toBe(
      'secrets is forbidden: User "system:serviceaccount:leitstand:operator" cannot list resource "secrets" in API group "" at the cluster scope',
    );
    const pod = cluster.objects.list('Pod', 'microservices')[0].metadata.name;
    const pods = '/api/v1/namespaces/microservices/pods';
    expect(await ask(cluster, `${pods}/${pod}`, { method: 'DELETE', token: reader })).toMatchObject({ status: 403 });
    expect(await ask(cluster, `${pods}/${pod}/exec`, { method: 'POST', token: operator })).toMatchObject({
      status: 403,
    });
  });

  it('lets each role do its part', async () => {
    await using cluster = await startKubernetesHomelab();
    const { reader, operator, admin } = cluster.tokens;
    for (const path of ['/api/v1/pods', '/api/v1/nodes', '/api/v1/events', '/apis/apps/v1/replicasets', deployments]) {
      expect((await ask(cluster, path, { token: reader })).status).toBe(200);
    }
    const body = JSON.stringify({ spec: { replicas: 3 } });
    const scale = `${deployments}/frontend/scale`;
    expect((await ask(cluster, scale, { ...mergePatch, token: reader, body })).status).toBe(403);
    expect((await ask(cluster, scale, { ...mergePatch, token: operator, body })).status).toBe(200);
    expect((await ask(cluster, '/api/v1/secrets', { token: admin })).status).toBe(200);
  });

  it('tells each role what it may do', async () => {
    await using cluster = await startKubernetesHomelab();
    const may = async (role: 'reader' | 'operator', verb: string) => {
      const { authorization } = await clientsFor(cluster, role);
      const review = await authorization.createSelfSubjectAccessReview({
        body: {
          spec: { resourceAttributes: { verb, group: 'apps', resource: 'deployments', namespace: 'microservices' } },
        },
      });
      return review.status?.allowed;
    };
    expect([await may('reader', 'get'), await may('reader', 'patch'), await may('operator', 'patch')]).toEqual([
      true,
      false,
      true,
    ]);
    const { authorization } = await clientsFor(cluster, 'operator');
    const rules = await authorization.createSelfSubjectRulesReview({ body: { spec: { namespace: 'microservices' } } });
    expect(rules.status?.resourceRules).toContainEqual({
      verbs: ['patch', 'update'],
      apiGroups: ['apps'],
      resources: ['deployments', 'deployments/scale', 'statefulsets', 'statefulsets/scale', 'daemonsets'],
    });
  });
});
