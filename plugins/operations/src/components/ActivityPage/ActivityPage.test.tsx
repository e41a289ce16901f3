import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis, runOf } from '../../__testUtils__/renderWithApis';
import { ActivityPage } from './ActivityPage';

describe('ActivityPage', () => {
  it('filters by state and by "only mine"', async () => {
    const listRuns = jest.fn(async () => ({ items: [runOf()] }));
    renderWithApis(<ActivityPage />, { operations: { listRuns } });
    expect(await screen.findByRole('link', { name: runOf().summary })).toBeVisible();
    await userEvent.click(screen.getByRole('combobox', { name: 'State' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Needs attention' }));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Only what I did' }));
    await waitFor(() =>
      expect(listRuns).toHaveBeenLastCalledWith(
        expect.objectContaining({ state: 'needs-attention', requester: 'user:default/olivia' }),
        expect.anything(),
      ),
    );
  });

  it('takes its filter from the address, shows it and lets it go', async () => {
    const listRuns = jest.fn(async () => ({ items: [] }));
    renderWithApis(<ActivityPage />, {
      operations: { listRuns },
      at: '/?entity=component:default/backend&requester=user:default/peter',
    });
    expect(await screen.findByText('Nothing fits the filter')).toBeVisible();
    expect(screen.getByText('On component:default/backend')).toBeVisible();
    screen.getByText('By user:default/peter').parentElement?.focus();
    await userEvent.keyboard('{Backspace}');
    await waitFor(() =>
      expect(listRuns).toHaveBeenLastCalledWith(
        expect.objectContaining({ entityRef: 'component:default/backend', requester: undefined }),
        expect.anything(),
      ),
    );
  });
});
