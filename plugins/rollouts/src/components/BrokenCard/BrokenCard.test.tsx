import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { summaryOf, workloadListOf } from '../../__testUtils__/testData';
import { BrokenCard } from './BrokenCard';

const none = workloadListOf({ items: [], totalCount: 0 });

describe('BrokenCard', () => {
  it('leads from what is broken to where something can be done', async () => {
    const items = [summaryOf(), summaryOf({ name: 'frontend', entityRef: 'component:default/frontend' })];
    renderWithApis(<BrokenCard />, {
      rollouts: { listWorkloads: async () => workloadListOf({ items, totalCount: 23 }) },
    });
    const row = await screen.findByRole('row', { name: /^Failed backend / });
    expect(row).toHaveTextContent(/Failed.*homelab-k3s \/ shop.*ImagePullBackOff.*cannot pull/);
    expect(within(row).getByRole('link', { name: 'backend' })).toHaveAttribute(
      'href',
      '/catalog/default/component/backend/workload',
    );
    expect(screen.getByRole('link', { name: '21 more are broken.' })).toHaveAttribute(
      'href',
      '/fleet/workloads?show=problems',
    );
  });

  it('says that everything is healthy, and how much that is', async () => {
    renderWithApis(<BrokenCard />, {
      rollouts: { listWorkloads: async () => ({ ...none, healthCounts: { healthy: 11, paused: 1 } }) },
    });
    expect(await screen.findByText('Everything is healthy')).toBeVisible();
    expect(screen.getByText('Workloads watched: 12. Clusters read: 1.')).toBeVisible();
  });

  it('does not call healthy what is not known', async () => {
    const cluster = {
      ...none.clusters[0],
      isStale: true,
      problem: { code: 'UPSTREAM_TIMEOUT', message: 'it did not answer in time.' },
    };
    const notRead = [{ name: 'gke', reason: 'its provider is not supported yet.' }];
    renderWithApis(<BrokenCard />, {
      rollouts: { listWorkloads: async () => ({ ...none, clusters: [cluster], notRead }) },
    });
    expect(await screen.findByText('Nothing is broken, as far as is known')).toBeVisible();
    expect(screen.getByText('homelab-k3s: last known state, because it did not answer in time.')).toBeVisible();
    expect(screen.getByText('gke: not read, because its provider is not supported yet.')).toBeVisible();
  });

  it('says when no cluster is read', async () => {
    renderWithApis(<BrokenCard />, { rollouts: { listWorkloads: async () => ({ ...none, clusters: [] }) } });
    expect(await screen.findByText('No cluster is read')).toBeVisible();
  });

  it('leads out of an error', async () => {
    const listWorkloads = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue(workloadListOf());
    renderWithApis(<BrokenCard />, { rollouts: { listWorkloads } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'backend' })).toBeVisible();
  });
});
