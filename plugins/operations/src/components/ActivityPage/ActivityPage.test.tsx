import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis, runOf, waitingRunOf } from '../../__testUtils__/renderWithApis';
import { ActivityPage } from './ActivityPage';

describe('ActivityPage', () => {
  it('filters by state, environment and by "only mine"', async () => {
    const listRuns = jest.fn(async () => ({ items: [runOf()] }));
    renderWithApis(<ActivityPage />, { operations: { listRuns } });
    expect(await screen.findByRole('link', { name: runOf().summary })).toBeVisible();
    await userEvent.click(screen.getByRole('combobox', { name: 'State' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Needs attention' }));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Only what I did' }));
    await userEvent.click(screen.getByRole('combobox', { name: 'Environment' }));
    await userEvent.click(await screen.findByRole('option', { name: 'production' }));
    await waitFor(() =>
      expect(listRuns).toHaveBeenLastCalledWith(
        expect.objectContaining({
          state: 'needs-attention',
          requester: 'user:default/olivia',
          environment: 'production',
        }),
        expect.anything(),
      ),
    );
    expect(screen.getByRole('combobox', { name: 'By' })).toHaveValue('user:default/olivia');
  });

  it('takes its filter from the address, shows it and lets it go', async () => {
    const listRuns = jest.fn(async () => ({ items: [] }));
    renderWithApis(<ActivityPage />, {
      operations: { listRuns },
      at: '/?entity=component:default/backend&requester=user:default/peter&from=2026-03-01T08:00:00.000Z',
    });
    expect(await screen.findByText('Nothing fits the filter')).toBeVisible();
    expect(screen.getByRole('combobox', { name: 'On' })).toHaveValue('component:default/backend');
    expect(screen.getByLabelText('From')).toHaveValue('2026-03-01T08:00');
    await userEvent.clear(screen.getByRole('combobox', { name: 'By' }));
    await userEvent.tab();
    await waitFor(() =>
      expect(listRuns).toHaveBeenLastCalledWith(
        expect.objectContaining({
          entityRef: 'component:default/backend',
          requester: undefined,
          from: '2026-03-01T08:00:00.000Z',
        }),
        expect.anything(),
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('Nothing has been done yet')).toBeVisible();
  });

  it('finds an entity by a part of its name', async () => {
    const listRuns = jest.fn(async () => ({ items: [] }));
    renderWithApis(<ActivityPage />, { operations: { listRuns } });
    await userEvent.type(await screen.findByRole('combobox', { name: 'On' }), 'back');
    await userEvent.click(await screen.findByRole('option', { name: 'component:default/backend' }));
    await waitFor(() =>
      expect(listRuns).toHaveBeenLastCalledWith(
        expect.objectContaining({ entityRef: 'component:default/backend' }),
        expect.anything(),
      ),
    );
  });

  it('exports what fits the filter, and says when it cannot', async () => {
    const exportRuns = jest.fn().mockRejectedValueOnce(new TypeError('Failed to fetch'));
    renderWithApis(<ActivityPage />, { operations: { exportRuns }, at: '/?state=failed' });
    await userEvent.click(await screen.findByRole('button', { name: 'Export' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /CSV/ }));
    expect(await screen.findByText('It could not be exported')).toBeVisible();
    expect(exportRuns).toHaveBeenCalledWith(expect.objectContaining({ state: 'failed', format: 'csv' }));
  });

  it('shows what waits for the reader above the rest', async () => {
    renderWithApis(<ActivityPage />, { operations: { listApprovals: async () => ({ items: [waitingRunOf()] }) } });
    const waiting = await screen.findByRole('region', { name: 'Waiting for you (1)' });
    expect(within(waiting).getByRole('link', { name: 'Read and answer' })).toHaveAttribute(
      'href',
      `/activity/runs/${runOf().id}`,
    );
  });
});
