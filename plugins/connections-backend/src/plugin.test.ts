import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { portalHealthSchema, type PortalHealth } from '@leitstand/plugin-connections-common';
import { portalAccountsServiceRef } from '@leitstand/plugin-connections-node';
import { providerStatusesServiceRef } from '@leitstand/plugin-discovery-node';
import { healthChecksServiceRef, portalProcessServiceRef } from '@leitstand/plugin-kit-node';
import connectionsPlugin from '.';

/** An area that tells of itself, is what the test says, and holds what this process and another one hold. */
function areaOf(portal: { isDatabaseThere: boolean }) {
  return createBackendPlugin({
    pluginId: 'area',
    register(env) {
      env.registerInit({
        deps: {
          accounts: portalAccountsServiceRef,
          health: healthChecksServiceRef,
          process: portalProcessServiceRef,
          statuses: providerStatusesServiceRef,
        },
        async init({ accounts, health, process: self, statuses }) {
          const fromDatabase = <T>(items: T[]) =>
            portal.isDatabaseThere ? Promise.resolve(items) : Promise.reject(new Error('password of the database'));
          health.add({
            area: 'database',
            isRequired: true,
            check: async () => (await fromDatabase([{ state: 'up' as const }]))[0],
          });
          health.add({
            area: 'rollouts',
            check: async () => ({
              ...{ state: 'degraded', reason: 'upstreams-failing' },
              systems: { count: 3, failingCount: 1 },
            }),
          });
          accounts.add('guestRules', async () => [{ isAllowed: true }]);
          accounts.add('runs', () => fromDatabase([{ state: 'succeeded', count: 7 }]));
          accounts.add('waysOut', async () => [{ kind: 'email', areFailuresKnown: false }]);
          accounts.add('waysOut', async () => [{ kind: 'webhook', name: 'ops', areFailuresKnown: true }]);
          accounts.add('runCarriers', () => fromDatabase([{ process: 'other 7 abc', runCount: 2 }]));
          statuses.publish({
            async list() {
              const [writer] = await fromDatabase([{ provider: 'workloads', process: self.name, until: future }]);
              return { items: [{ ...source, source: 'k3s' }], writers: [writer] };
            },
          });
        },
      });
    },
  });
}

const future = '2099-01-01T00:00:00.000Z';
const source = {
  ...{ provider: 'workloads', state: 'incomplete' as const, entityCount: 3, leftOut: [], notes: [] },
  error: { message: 'k3s does not answer.' },
};

async function start(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW) {
  const portal = { isDatabaseThere: true };
  const permissions = mockServices.permissions.factory({ result });
  const backend = await startTestBackend({ features: [connectionsPlugin, areaOf(portal), permissions] });
  const read = (token: string) =>
    fetch(`http://localhost:${backend.server.port()}/api/connections/v1/health`, {
      headers: { authorization: `Bearer ${token}` },
    });
  return { portal, read, [Symbol.asyncDispose]: () => backend.stop() };
}

const person = mockCredentials.user.token();

async function healthFrom(response: Response): Promise<PortalHealth> {
  expect(response.status).toBe(200);
  return portalHealthSchema.strict().parse(await response.json());
}

describe('GET /v1/health', () => {
  it('says how each area is, what areas tell, and who holds what', async () => {
    await using backend = await start();
    const health = await healthFrom(await backend.read(person));
    const { name } = health.process;
    expect(health).toEqual({
      observedAt: expect.any(String),
      areas: [
        expect.objectContaining({ area: 'catalog-sources', state: 'degraded', reason: 'upstreams-failing' }),
        { area: 'database', isRequired: true, since: expect.any(String), state: 'up' },
        {
          ...{ area: 'rollouts', isRequired: false, since: expect.any(String), state: 'degraded' },
          ...{ reason: 'upstreams-failing', systems: { count: 3, failingCount: 1 } },
        },
      ],
      process: {
        ...{ name, version: expect.stringMatching(/^\d+\.\d+\.\d+/), nodeVersion: process.version },
        ...{ startedAt: expect.any(String), windowMs: 600_000, calls: [], caches: [], eventLoop: expect.any(Array) },
      },
      processes: [
        { name, runCount: 0, writes: ['workloads'] },
        { name: 'other 7 abc', runCount: 2, writes: [] },
      ],
      sources: [{ provider: 'workloads', source: 'k3s', isFailing: true }],
      ...{ databases: [], doorRules: [], guestRules: [{ isAllowed: true }], signIns: [] },
      runs: [{ state: 'succeeded', count: 7 }],
      waysOut: [
        { kind: 'email', areFailuresKnown: false },
        { kind: 'webhook', name: 'ops', areFailuresKnown: true },
      ],
      unknown: [],
    });
  });

  it('answers without the database, and says what it could not find out and nothing of why', async () => {
    await using backend = await start();
    backend.portal.isDatabaseThere = false;
    const response = await backend.read(person);
    expect(await response.clone().text()).not.toContain('password');
    const { areas, unknown, runs, guestRules } = await healthFrom(response);
    expect(areas.find(({ area }) => area === 'database')).toMatchObject({ state: 'down', reason: 'check-failed' });
    expect({ unknown, runs, guestRules }).toEqual({
      ...{ unknown: ['runCarriers', 'runs', 'sources'], runs: [], guestRules: [{ isAllowed: true }] },
    });
  });

  it('is for people who have the permission', async () => {
    await using backend = await start(AuthorizeResult.DENY);
    const refused = await backend.read(person);
    expect([refused.status, (await refused.json()).error.message]).toEqual([
      403,
      expect.stringContaining('connections.health.read'),
    ]);
    expect((await backend.read(mockCredentials.service.token())).status).toBe(403);
    expect((await backend.read(mockCredentials.user.invalidToken())).status).toBe(401);
  });
});
