import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Permission } from '@backstage/plugin-permission-common';
import { knownWriteActions, knownWritePermissions, knownWriteRoutes } from './__testUtils__/knownWrites';
import { startPortal, type Portal } from './__testUtils__/startPortal';
import { writableRoutes } from './__testUtils__/writableRoutes';

const people = ['guest', 'viewer', 'operator', 'bystander', 'admin'];

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(async () => {
  await portal?.[Symbol.asyncDispose]();
});

/** Serves one catalog-info.yaml on loopback, as a repository would. */
async function serveEntity(document: unknown) {
  const server = createServer((_request, response) => response.end(JSON.stringify(document)));
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  return {
    target: `http://127.0.0.1:${(server.address() as AddressInfo).port}/catalog-info.yaml`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(done => {
        server.close(done);
      });
    },
  };
}

async function statusAs(user: string, path: string, init?: RequestInit): Promise<number> {
  const response = await portal.fetchAs(user, path, init);
  await response.body?.cancel();
  return response.status;
}

/** Status for each of {@link people}. */
async function statusForAll(path: string, init?: RequestInit): Promise<number[]> {
  return Promise.all(people.map(user => statusAs(user, path, init)));
}

function json(method: string, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function pluginIds(): Promise<string[]> {
  const routes = writableRoutes(portal.application, { isGeneralized: false });
  return [...new Set(routes.flatMap(route => /\/api\/([^/:]+)\//.exec(route)?.[1] ?? []))];
}

async function listFromPlugins<T>(path: string, key: string): Promise<T[]> {
  const lists = (await pluginIds()).map(async id => {
    const response = await portal.fetchAs('admin', `/api/${id}${path}`);
    // A plugin without such a list answers 404, the one that serves the application answers with the application.
    if (response.status === 404 || response.headers.get('content-type')?.startsWith('text/html')) return [];
    if (!response.ok) throw new Error(`${id} answered ${response.status}`);
    return (await response.json())[key] as T[];
  });
  return (await Promise.all(lists)).flat();
}

/** Writing routes of the plugins' own descriptions: the scaffolder's application hides its routes from express. */
async function describedRoutes(): Promise<string[]> {
  const lists = (await pluginIds()).map(async id => {
    const response = await portal.fetchAs('admin', `/api/${id}/openapi.json`);
    if (!response.headers.get('content-type')?.includes('json') || !response.ok) return [];
    const { paths } = (await response.json()) as { paths: Record<string, object> };
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter(method => ['post', 'put', 'patch', 'delete'].includes(method))
        .map(method => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
  });
  return (await Promise.all(lists)).flat();
}

it('nobody but plugins tells people something', async () => {
  const notice = json('POST', { recipients: { type: 'broadcast' }, payload: { title: 'You have won' } });
  expect(await statusForAll('/api/notifications', notice)).toEqual(people.map(() => 403));
});

describe('everything that can write is known', () => {
  it('finds all plugins', async () => {
    expect((await pluginIds()).sort()).toEqual([
      'app',
      'auth',
      'catalog',
      'connections',
      'events',
      'kubernetes',
      'live',
      'mcp-actions',
      'ml-models',
      'notifications',
      'operations',
      'permission',
      'rollouts',
      'scaffolder',
      'search',
      'signals',
      'user-settings',
    ]);
  });

  it('permissions', async () => {
    const path = '/.well-known/backstage/permissions/metadata';
    const permissions = await listFromPlugins<Permission>(path, 'permissions');
    const writing = permissions.filter(permission => permission.attributes.action !== 'read');
    expect(writing.map(permission => permission.name).sort()).toEqual(Object.keys(knownWritePermissions).sort());
  });

  it('routes', async () => {
    const routes = new Set([...writableRoutes(portal.application), ...(await describedRoutes())]);
    expect([...routes].sort()).toEqual(Object.keys(knownWriteRoutes).sort());
  });

  it('actions', async () => {
    const path = '/.backstage/actions/v1/actions';
    const actions = await listFromPlugins<{ id: string; attributes: { readOnly: boolean } }>(path, 'actions');
    const writing = actions.filter(action => !action.attributes.readOnly);
    expect(writing.map(action => action.id).sort()).toEqual(Object.keys(knownWriteActions).sort());
  });
});

describe('the Kubernetes proxy', () => {
  const pod = '/api/kubernetes/proxy/api/v1/namespaces/microservices/pods/backend-1';
  const clusterHeader = { 'backstage-kubernetes-cluster': 'homelab-k3s' };

  beforeEach(() => portal.cluster.journal.clear());

  /** What reached the cluster, without the area's own reads. */
  function reached() {
    return portal.cluster.journal.filter(({ method, path }) => method !== 'GET' || path.includes('backend-1'));
  }

  it.each([
    ['GET', pod],
    ['PATCH', '/api/kubernetes/proxy/apis/apps/v1/namespaces/microservices/deployments/backend'],
    ['PUT', '/api/kubernetes/proxy/apis/apps/v1/namespaces/microservices/deployments/backend/scale'],
    ['DELETE', pod],
    ['POST', `${pod}/exec?command=sh`],
    ['POST', `/api/kubernetes//proxy/api/v1/namespaces/microservices/pods/backend-1/exec?command=sh`],
  ])('refuses %s %s to everybody', async (method, path) => {
    const statuses = await statusForAll(path, { method, headers: clusterHeader });
    expect(statuses).toEqual(people.map(() => 403));
    expect(reached()).toEqual([]);
  });

  it('refuses exec by WebSocket to everybody', async () => {
    const statuses = await Promise.all(
      people.map(async user => upgrade(`${pod}/exec?command=sh`, await portal.tokenOf(user))),
    );
    expect(statuses).toEqual(people.map(() => 403));
    expect(reached()).toEqual([]);
  });

  it('refuses a caller without credentials, or with the credentials of the cluster only', async () => {
    const own = { ...clusterHeader, 'backstage-kubernetes-authorization': `Bearer ${portal.cluster.tokens.operator}` };
    expect((await fetch(`${portal.url}${pod}`, { method: 'DELETE', headers: own })).status).toBe(401);
    expect(await statusAs('admin', pod, { method: 'DELETE', headers: own })).toBe(403);
    expect(reached()).toEqual([]);
  });

  async function upgrade(path: string, token: string): Promise<number | undefined> {
    const headers = {
      ...clusterHeader,
      authorization: `Bearer ${token}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      'sec-websocket-protocol': 'v4.channel.k8s.io',
    };
    return new Promise((done, fail) => {
      const request = httpRequest(`${portal.url}${path}`, { headers });
      request.on('response', response => {
        response.resume();
        done(response.statusCode);
      });
      request.on('upgrade', (response, socket) => {
        socket.destroy();
        done(response.statusCode);
      });
      request.on('error', fail);
      request.end();
    });
  }
});

describe('routes that ask the policy nothing', () => {
  it.each([
    ['POST', '/api/catalog/.backstage/scheduler/v1/tasks/catalog_orphan_cleanup/trigger'],
    ['POST', '/api/search//.backstage/scheduler/v1/tasks/search_index_software-catalog/cancel'],
    ['PUT', '/api/catalog/locations/some-id'],
    ['PUT', '/api/Catalog//Locations/some-id'],
  ])('are closed to everybody: %s %s', async (method, path) => {
    expect(await statusForAll(path, json(method, { type: 'url', target: 'http://127.0.0.1:1/x' }))).toEqual(
      people.map(() => 403),
    );
  });
});

function entity(kind: string, name: string, annotations: Record<string, string> = {}) {
  const spec = {
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/todo-team',
    memberOf: ['platform-team'],
  };
  return { apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, annotations }, spec };
}

function entityPath(kind: string, name: string): string {
  return `/api/catalog/entities/by-name/${kind}/default/${name}`;
}

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await condition()); attempt++) {
    if (attempt === 100) throw new Error('It did not come true within 10 s');
    await setTimeout(100);
  }
}

describe('the catalogue', () => {
  const todoFrontend = 'component:default/todo-frontend';
  const leitstand = 'component:default/leitstand';

  it('is read by everybody who came in, and by nobody else', async () => {
    expect(await statusForAll(entityPath('component', 'leitstand'))).toEqual(people.map(() => 200));
    expect((await fetch(`${portal.url}/api/catalog/entities`)).status).toBe(401);
  });

  it('takes entities from operators and admins', async () => {
    await using file = await serveEntity(entity('Component', 'registered'));
    const location = json('POST', { type: 'url', target: file.target });
    expect(await statusAs('guest', '/api/catalog/locations', location)).toBe(403);
    expect(await statusAs('viewer', '/api/catalog/locations', location)).toBe(403);
    const created = await portal.fetchAs('operator', '/api/catalog/locations', location);
    expect(created.status).toBe(201);
    const { id } = (await created.json()).location;
    await waitFor(async () => (await statusAs('guest', entityPath('component', 'registered'))) === 200);

    expect(await statusAs('operator', `/api/catalog/locations/${id}`, { method: 'DELETE' })).toBe(403);
    expect(await statusAs('admin', `/api/catalog/locations/${id}`, { method: 'DELETE' })).toBe(204);
  });

  it('takes no people or groups from a registered location, because they give roles', async () => {
    await using file = await serveEntity(entity('User', 'intruder'));
    const location = json('POST', { type: 'url', target: file.target });
    expect(await statusAs('admin', '/api/catalog/locations?dryRun=true', location)).toBe(400);
    expect(await statusAs('admin', entityPath('user', 'intruder'))).toBe(404);
  });

  it.each([
    ['url', 'http://127.0.0.1:80/catalog-info.yaml'],
    ['url', 'http://169.254.169.254/latest/meta-data'],
    ['file', '/etc/passwd'],
  ])('reads no %s that the configuration does not allow: %s', async (type, target) => {
    const location = json('POST', { type, target });
    expect(await statusAs('admin', '/api/catalog/locations?dryRun=true', location)).toBe(400);
  });

  it('is refreshed and deleted from by owners and admins only', async () => {
    const refresh = async (entityRef: string) => statusForAll('/api/catalog/refresh', json('POST', { entityRef }));
    expect(await refresh(todoFrontend)).toEqual([403, 403, 200, 403, 200]);
    expect(await refresh(leitstand)).toEqual([403, 403, 403, 403, 200]);
    const found = await portal.fetchAs('guest', entityPath('component', 'leitstand'));
    const { uid } = (await found.json()).metadata;
    for (const user of ['guest', 'viewer', 'operator', 'bystander']) {
      expect(await statusAs(user, `/api/catalog/entities/by-uid/${uid}`, { method: 'DELETE' })).toBe(403);
    }
  });
});

describe('the door for operations', () => {
  const rollback = (entityRef: string) => json('POST', { operation: 'rollouts-rollback', entityRef });
  const path = '/api/operations/v1/plans';

  it('plans for confirmed owners and admins only', async () => {
    const plan = rollback('component:default/todo-frontend');
    expect(await statusForAll(path, plan)).toEqual([403, 403, 201, 403, 201]);
    expect((await fetch(`${portal.url}${path}`, plan)).status).toBe(401);
  });

  it("gives nobody anything on an entity that points at somebody else's workload", async () => {
    await using file = await serveEntity(
      entity('Component', 'borrowed', {
        'backstage.io/kubernetes-id': 'caloguessr',
        'backstage.io/kubernetes-namespace': 'caloguessr',
        'backstage.io/kubernetes-cluster': 'homelab-k3s',
      }),
    );
    expect(
      await statusAs('operator', '/api/catalog/locations', json('POST', { type: 'url', target: file.target })),
    ).toBe(201);
    await waitFor(async () => (await statusAs('guest', entityPath('component', 'borrowed'))) === 200);
    expect(await statusForAll(path, rollback('component:default/borrowed'))).toEqual(people.map(() => 403));
  });
});

describe('what the frontend and the policy see of a person', () => {
  it.each([
    ['guest', ['group:default/guests', 'user:default/guest']],
    ['viewer', ['group:default/viewers', 'user:default/viewer']],
    ['operator', ['group:default/ml-team', 'group:default/todo-team', 'user:default/operator']],
    ['bystander', ['group:default/nutrition-team', 'user:default/bystander']],
    ['admin', ['group:default/platform-team', 'user:default/admin']],
  ])('%s', async (user, owned) => {
    const response = await portal.fetchAs(user, '/api/auth/v1/userinfo');
    const { claims } = await response.json();
    expect({ sub: claims.sub, ent: [...claims.ent].sort() }).toEqual({ sub: `user:default/${user}`, ent: owned });
  });
});
