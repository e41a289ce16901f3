import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { ProvidersPage } from './ProvidersPage';

function statusOf(overrides: Partial<ProviderStatus> = {}): ProviderStatus {
  return {
    provider: 'rollouts-workloads',
    source: 'homelab-k3s',
    state: 'complete',
    lastRunAt: '2026-03-01T08:00:00Z',
    lastCompleteAt: '2026-03-01T08:00:00Z',
    entityCount: 2_104,
    leftOut: [],
    notes: [],
    ...overrides,
  };
}

describe('ProvidersPage', () => {
  it('shows who writes, and for each source the last run, what was left out and why, and what was changed', async () => {
    const incomplete = statusOf({
      source: 'gke',
      state: 'incomplete',
      lastCompleteAt: undefined,
      error: { code: 'UPSTREAM_FORBIDDEN', message: 'gke refuses to list cron jobs.' },
      leftOut: [{ what: 'kube-system', count: 9, reason: 'excluded by rollouts.catalog.namespaces.exclude' }],
      notes: [{ entityRef: 'component:default/web', message: 'owner group:default/gone does not exist.' }],
    });
    const writer = { provider: 'rollouts-workloads', process: 'backend-7c9f/1', until: '2026-03-01T08:00:15Z' };
    renderWithApis(<ProvidersPage />, {
      rollouts: { listProviders: async () => ({ items: [statusOf(), incomplete], writers: [writer] }) },
    });
    const well = await screen.findByRole('region', { name: 'homelab-k3s: rollouts-workloads' });
    expect(well).toHaveTextContent(/Complete.*2,104.*Nothing was left out/);
    expect(screen.getByText(/is written by backend-7c9f\/1/)).toBeVisible();
    const card = screen.getByRole('region', { name: 'gke: rollouts-workloads' });
    expect(card).toHaveTextContent('gke refuses to list cron jobs. Code: UPSTREAM_FORBIDDEN');
    expect(within(card).getByRole('row', { name: /kube-system 9 excluded by/ })).toBeVisible();
    const notes = within(card).getByRole('table', { name: 'Taken, but not as it stood' });
    expect(within(notes).getByRole('link')).toHaveAttribute('href', '/catalog/default/component/web');
  });

  it('says when nobody writes and when nothing is discovered, and leads out of an error', async () => {
    const listProviders = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue({ items: [statusOf({ state: 'never', lastRunAt: undefined })], writers: [] });
    renderWithApis(<ProvidersPage />, { rollouts: { listProviders } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/No process writes rollouts-workloads at present/)).toBeVisible();
    expect(screen.getByText('Nothing was read yet.')).toBeVisible();
  });

  it('says when nothing is discovered', async () => {
    renderWithApis(<ProvidersPage />, { rollouts: { listProviders: async () => ({ items: [], writers: [] }) } });
    expect(await screen.findByText('Nothing is discovered')).toBeVisible();
  });
});
