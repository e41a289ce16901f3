import { createFrontendModule, type FrontendModule } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import type { Connection } from '@leitstand/plugin-kit-common';
import { ConnectionSourceBlueprint } from '@leitstand/plugin-kit-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { connectionsApiRef, type ConnectionsApi } from './api';
import connectionsPlugin from '.';

const area = createFrontendModule({
  pluginId: 'connections',
  extensions: [
    ConnectionSourceBlueprint.make({ name: 'area', params: { pluginId: 'rollouts', title: 'Clusters and workloads' } }),
  ],
});

function connectionOf(overrides: Partial<Connection> = {}): Connection {
  return {
    system: 'Kubernetes',
    name: 'k3s',
    address: 'https://k3s.lan:6443',
    state: 'connected',
    version: 'v1.32.4+k3s1',
    latencyMs: 12,
    credentials: [
      {
        use: 'read',
        identity: 'system:serviceaccount:leitstand:reader',
        rights: [{ right: 'list pods', neededFor: 'catalogue', isGranted: true }],
      },
    ],
    observedAt: '2026-03-01T08:00:00Z',
    checkedAt: '2026-03-01T08:00:00Z',
    ...overrides,
  };
}

const broken = connectionOf({
  name: 'gke',
  state: 'partial',
  lastError: { code: 'UPSTREAM_FORBIDDEN', message: 'gke refuses to list pods.' },
  credentials: [
    { use: 'read', rights: [{ right: 'list pods', neededFor: 'workload pages', isGranted: false }] },
    {
      use: 'operate',
      problem: 'operations.upstreams.kubernetes names no credentials for gke.',
      rights: [{ right: 'patch deployments.apps', neededFor: 'operation rollouts-rollback' }],
    },
  ],
});

function show(listConnections: ConnectionsApi['listConnections'], features: FrontendModule[] = [area]) {
  renderTestApp({
    features: [connectionsPlugin, ...features],
    initialRouteEntries: ['/connections'],
    apis: [[connectionsApiRef, { listConnections }]],
  });
}

describe('connectionsPlugin', () => {
  it('shows what needs attention first, the missing right in the words of the upstream and who needs it', async () => {
    show(async () => ({ items: [connectionOf(), broken] }));
    const section = await screen.findByRole('region', { name: 'Clusters and workloads' });
    const cards = await within(section).findAllByRole('region', { name: /^Kubernetes: / });
    expect(cards.map(card => within(card).getByRole('heading', { level: 2 }).textContent)).toEqual([
      'Kubernetes: gke',
      'Kubernetes: k3s',
    ]);
    expect(cards[0]).toHaveTextContent('Rights missing');
    expect(cards[0]).toHaveTextContent('gke refuses to list pods. Code: UPSTREAM_FORBIDDEN');
    expect(within(cards[0]).getByRole('row', { name: 'list pods workload pages' })).toBeVisible();
    expect(within(cards[0]).getByText(/names no credentials for gke/)).toBeVisible();
    const unknown = within(cards[0]).getByRole('table', { name: '1 right could not be asked about' });
    expect(unknown).toHaveTextContent('patch deployments.apps');
    expect(cards[1]).toHaveTextContent('Identity: system:serviceaccount:leitstand:reader');
    expect(cards[1]).toHaveTextContent('The right that the portal needs is granted');
  });

  it('checks again on demand, and keeps what it knew when that fails', async () => {
    const listConnections = jest
      .fn()
      .mockResolvedValueOnce({ items: [broken] })
      .mockResolvedValueOnce({ items: [connectionOf({ name: 'gke' })] })
      .mockRejectedValueOnce(new TypeError('Failed to fetch'));
    show(listConnections);
    const check = await screen.findByRole('button', { name: 'Check again' });
    expect(await screen.findByRole('region', { name: 'Kubernetes: gke' })).toHaveTextContent('Rights missing');
    await userEvent.click(check);
    expect(await screen.findByText('Connected')).toBeVisible();
    expect(listConnections.mock.calls.map(([request]) => request.isRefresh)).toEqual([false, true]);
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    expect(await screen.findByText(/could not be checked again/)).toBeVisible();
    expect(screen.getByText('Connected')).toBeVisible();
  });

  it('leads out of an error, and says when there is nothing', async () => {
    show(jest.fn().mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValue({ items: [] }));
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No system is configured here')).toBeVisible();
  });

  it('says when no area tells of its connections', async () => {
    show(async () => ({ items: [] }), []);
    expect(await screen.findByText('No area tells of its connections')).toBeVisible();
  });
});
