import { ask } from '../__testUtils__/cluster';
import { startKubernetesHomelab, type KubernetesHomelab } from '../startKubernetesHomelab';

const networkPolicies = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';
const budgets = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';
const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' };

let cluster: KubernetesHomelab;
beforeAll(async () => {
  cluster = await startKubernetesHomelab({ seed: 'empty' });
});
afterAll(() => cluster.close());

function create(path: string, body: object) {
  return ask(cluster, path, { method: 'POST', body: JSON.stringify({ metadata: { name: 'one' }, ...body }) });
}

it('takes a network policy, fills in its defaults and counts changes of its rules', async () => {
  const egress = [{ ports: [{ port: 443 }], to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }];
  const { status, body } = await create(networkPolicies, { spec: { egress } });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    metadata: { generation: 1 },
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ ports: [{ port: 443, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
    },
  });
  const changed = await ask(cluster, `${networkPolicies}/one`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/strategic-merge-patch+json' },
    body: JSON.stringify({ spec: { egress: [] } }),
  });
  expect(changed.body).toMatchObject({ metadata: { generation: 2 }, spec: { egress: [] } });
});

it('takes a budget, with the status of nothing counted yet, and shows both as kubectl does', async () => {
  const { body } = await create(budgets, { spec: { maxUnavailable: '50%' }, status: { disruptionsAllowed: 9 } });
  expect(body.status).toEqual({ currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 });
  const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
  const rows = async (path: string) => (await ask(cluster, path, { headers })).body.rows as { cells: unknown[] }[];
  expect((await rows(budgets))[0].cells.slice(0, 4)).toEqual(['one', 'N/A', '50%', 0]);
  expect((await rows(networkPolicies))[0].cells.slice(0, 2)).toEqual(['one', '<none>']);
});

it.each([
  ['a budget of both kinds', budgets, { spec: { minAvailable: 1, maxUnavailable: 1 } }, 'spec'],
  ['a budget of more than all', budgets, { spec: { minAvailable: '101%' } }, 'spec.minAvailable'],
  ['a budget that is no number', budgets, { spec: { maxUnavailable: 'one' } }, 'spec.maxUnavailable'],
  ['a budget below nothing', budgets, { spec: { maxUnavailable: -1 } }, 'spec.maxUnavailable'],
  ['an unknown direction', networkPolicies, { spec: { policyTypes: ['Both'] } }, 'spec.policyTypes[0]'],
  ['a peer that is nobody', networkPolicies, { spec: { ingress: [{ from: [{}] }] } }, 'spec.ingress[0].from[0]'],
  [
    'a peer that is two things',
    networkPolicies,
    { spec: { egress: [{ to: [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] }] } },
    'spec.egress[0].to[0]',
  ],
  [
    'a block without addresses',
    networkPolicies,
    { spec: { egress: [{ to: [{ ipBlock: {} }] }] } },
    'spec.egress[0].to[0].ipBlock.cidr',
  ],
  [
    'a port that cannot be',
    networkPolicies,
    { spec: { egress: [{ ports: [{ port: 70_000 }] }] } },
    'spec.egress[0].ports[0].port',
  ],
  [
    'an unknown protocol',
    networkPolicies,
    { spec: { egress: [{ ports: [{ port: 1, protocol: 'ICMP' }] }] } },
    'spec.egress[0].ports[0].protocol',
  ],
  [
    'an end without a port',
    networkPolicies,
    { spec: { egress: [{ ports: [{ endPort: 2 }] }] } },
    'spec.egress[0].ports[0].port',
  ],
  ['a binding to nothing', bindings, { roleRef: { ...roleRef, name: '' } }, 'roleRef.name'],
  ['a binding to another kind', bindings, { roleRef: { ...roleRef, kind: 'Role' } }, 'roleRef.kind'],
  [
    'an account without its namespace',
    bindings,
    { roleRef, subjects: [{ kind: 'ServiceAccount', name: 'reader' }] },
    'subjects[0].namespace',
  ],
  ['a binding of nobody', bindings, { roleRef, subjects: [{ kind: 'User' }] }, 'subjects[0].name'],
])('refuses %s and names the field', async (_, path, body, field) => {
  const answer = await create(path, { ...body, metadata: { name: 'refused' } });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ reason: 'Invalid', details: { causes: [{ field }] } });
});
