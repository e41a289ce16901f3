import type { WorkloadListQuery } from '@leitstand/plugin-rollouts-common';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { summaryOf, workloadListOf } from '../../__testUtils__/testData';
import { FleetPage } from './FleetPage';

const healthy = { state: 'healthy' as const, message: 'All 2 replicas are ready.' };

/** Pages of a fleet of so many workloads, as the backend cuts them. */
function fleetOf(totalCount: number) {
  return jest.fn(async ({ cursor = '0', limit = 100 }: WorkloadListQuery) => {
    const start = Number(cursor);
    const count = Math.min(limit, totalCount - start);
    const items = Array.from({ length: count }, (_, index) =>
      summaryOf({ name: `w-${start + index}`, health: healthy }),
    );
    const nextCursor = start + count < totalCount ? String(start + count) : undefined;
    return workloadListOf({ items, totalCount, nextCursor, healthCounts: { healthy: totalCount } });
  });
}

describe('FleetPage', () => {
  it('shows every workload with health, version, replicas, restarts and last change', async () => {
    const images = [
      { container: 'backend', image: 'ghcr.io/shop/backend:1.5.0' },
      { container: 'proxy', image: 'envoy@sha256:0123' },
    ];
    const row = summaryOf({ images, restarts: 7, lastChangedAt: '2026-03-01T07:50:00Z' });
    const job = summaryOf({ kind: 'CronJob', name: 'nightly', images: [], health: healthy });
    renderWithApis(<FleetPage />, {
      rollouts: { listWorkloads: async () => workloadListOf({ items: [row, job], totalCount: 2 }) },
    });
    const backend = await screen.findByRole('row', { name: /backend Deployment/ });
    expect(backend).toHaveTextContent(
      /^Failed.*ImagePullBackOff.*backendDeployment.*shop.*homelab-k3s.*1\.5\.0.*backend, 1 more image.*2 of 3.*7/,
    );
    expect(within(backend).getByRole('link', { name: 'backend' })).toHaveAttribute(
      'href',
      '/catalog/default/component/backend/workload',
    );
    // A CronJob has no replicas to be ready.
    expect(screen.getByRole('row', { name: /nightly CronJob/ })).not.toHaveTextContent(' of ');
    expect(screen.getByRole('status')).toHaveTextContent('2 workloads');
  });

  it('reads its filters from the address and writes them there', async () => {
    const listWorkloads = jest.fn(async (_query: WorkloadListQuery) =>
      workloadListOf({ healthCounts: { failed: 1, healthy: 40 }, namespaces: ['shop', 'stream'] }),
    );
    renderWithApis(<FleetPage />, {
      rollouts: { listWorkloads },
      at: '/?show=problems&cluster=homelab-k3s&kind=Nonsense&text=back',
    });
    await screen.findByRole('row', { name: /backend Deployment/ });
    expect(listWorkloads).toHaveBeenLastCalledWith(
      { show: 'problems', cluster: 'homelab-k3s', text: 'back', limit: 100 },
      expect.anything(),
    );
    const health = screen.getByRole('group', { name: 'Health' });
    await userEvent.click(within(health).getByRole('button', { name: /Failed.*1/ }));
    await userEvent.click(screen.getByRole('combobox', { name: 'Namespace' }));
    await userEvent.click(await screen.findByRole('option', { name: 'stream' }));
    await userEvent.clear(screen.getByRole('searchbox'));
    await userEvent.type(screen.getByRole('searchbox'), 'front{Enter}');
    await waitFor(() =>
      expect(listWorkloads).toHaveBeenLastCalledWith(
        expect.objectContaining({ health: 'failed', namespace: 'stream', text: 'front', show: 'problems' }),
        expect.anything(),
      ),
    );
    expect(within(health).getByRole('button', { name: /Failed/ })).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(listWorkloads).toHaveBeenLastCalledWith({ show: 'all', limit: 100 }, expect.anything()));
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('loads further pages as the reader scrolls, and draws few of thousands of rows', async () => {
    const listWorkloads = fleetOf(2_100);
    renderWithApis(<FleetPage />, { rollouts: { listWorkloads } });
    const viewport = await screen.findByRole('region', { name: 'Workloads' });
    expect(screen.getByRole('status')).toHaveTextContent('2100 workloads, 100 loaded');
    const scrollToRow = (row: number) => {
      viewport.scrollTop = row * 52;
      fireEvent.scroll(viewport);
    };
    scrollToRow(90);
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('600 loaded'));
    scrollToRow(595);
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('1100 loaded'));
    expect(screen.getByRole('row', { name: /w-595 / })).toHaveAttribute('aria-rowindex', '597');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('says which clusters are old, read in part, or not read', async () => {
    const clusters = [
      { cluster: 'k3s', observedAt: '2026-03-01T08:00:00Z', isStale: true },
      {
        cluster: 'gke',
        observedAt: '2026-03-01T08:00:00Z',
        isStale: false,
        missing: [{ what: 'cron jobs', reason: 'the credentials may not list them.' }],
      },
    ];
    const notRead = [{ name: 'eks', reason: 'its provider is not supported yet.' }];
    renderWithApis(<FleetPage />, { rollouts: { listWorkloads: async () => workloadListOf({ clusters, notRead }) } });
    expect(await screen.findByText('k3s: last known state, because the connection is interrupted.')).toBeVisible();
    expect(
      screen.getByText('gke: cron jobs could not be read, because the credentials may not list them.'),
    ).toBeVisible();
    expect(screen.getByText('eks: not read, because its provider is not supported yet.')).toBeVisible();
  });

  it.each([
    ['/', {}, 'There is no workload'],
    ['/', { clusters: [] }, 'No cluster is read'],
    ['/?show=problems', {}, 'No workload has a problem'],
    ['/?show=problems&text=x', {}, 'No workload fits the filters'],
  ])('at %s with %j says: %s', async (at, overrides, title) => {
    const list = workloadListOf({ items: [], totalCount: 0, healthCounts: {}, ...overrides });
    renderWithApis(<FleetPage />, { rollouts: { listWorkloads: async () => list }, at });
    expect(await screen.findByText(title)).toBeVisible();
  });

  it('leads out of an error', async () => {
    const listWorkloads = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue(workloadListOf());
    renderWithApis(<FleetPage />, { rollouts: { listWorkloads } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'backend' })).toBeVisible();
  });
});
