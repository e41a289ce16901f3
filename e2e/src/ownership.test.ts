import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openVisitor } from './harness/openBrowser';
import { signInWithBrowser } from './harness/signInWithBrowser';
import type { Portal } from './harness/startPortal';
import { usePortal } from './harness/usePortal';

jest.setTimeout(600_000);

const claim = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: not-mine
  annotations:
    backstage.io/kubernetes-cluster: homelab-k3s
    backstage.io/kubernetes-namespace: caloguessr
    backstage.io/kubernetes-id: caloguessr
spec: { type: service, lifecycle: production, owner: group:default/todo-team }
`;

describe("an entity that points at somebody else's workload", () => {
  const journey = usePortal();

  it('can be registered and looked at, but gets no operation, not even for an administrator', async () => {
    await using file = await serve(claim);
    const registered = await journey.portal.fetchAs('operator', {
      path: '/api/catalog/locations',
      method: 'POST',
      body: { type: 'url', target: `${file.url}/catalog-info.yaml` },
    });
    expect(registered.status).toBe(201);

    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url });
    await signInWithBrowser(visitor.page, 'operator');
    await untilInCatalogue(journey.portal, 'component/default/not-mine');
    await visitor.page.goto('/catalog/default/component/not-mine/workload');
    await visitor.page.getByText('All 2 replicas are available.').first().waitFor();
    const button = visitor.page.getByRole('button', { name: /^Roll back/ }).first();
    await button.waitFor();
    expect((await button.isDisabled()) || (await button.getAttribute('aria-disabled')) === 'true').toBe(true);

    for (const user of ['operator', 'admin']) {
      const refused = await journey.portal.fetchAs(user, {
        path: '/api/operations/v1/plans',
        method: 'POST',
        body: { operation: 'rollouts-rollback', entityRef: 'component:default/not-mine' },
      });
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ error: { code: 'OWNERSHIP_NOT_CONFIRMED' } });
    }
  });
});

async function serve(text: string): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/yaml').end(text));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function untilInCatalogue(portal: Portal, path: string): Promise<void> {
  for (;;) {
    const response = await portal.fetchAs('operator', { path: `/api/catalog/entities/by-name/${path}` });
    if (response.ok) return;
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}
