import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis, runOf } from '../../__testUtils__/renderWithApis';
import { EntityActivity } from '../EntityActivity';
import { LatelyCard } from './LatelyCard';

describe('LatelyCard', () => {
  it('shows the newest runs with who, why and result', async () => {
    renderWithApis(<LatelyCard />);
    const item = await screen.findByRole('listitem');
    expect(item).toHaveTextContent(/Succeeded.*Roll back backend.*olivia.*The image does not exist/);
    expect(screen.getByRole('link', { name: 'All activity' })).toHaveAttribute('href', '/activity');
  });

  it('says when nothing has happened', async () => {
    renderWithApis(<LatelyCard />, { operations: { listRuns: async () => ({ items: [] }) } });
    expect(await screen.findByText('Nothing has been changed yet')).toBeVisible();
  });

  it('leads out of an error', async () => {
    const listRuns = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue({ items: [runOf()] });
    renderWithApis(<LatelyCard />, { operations: { listRuns } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('listitem')).toBeVisible();
  });
});

describe('EntityActivity', () => {
  it('asks for the runs of the entity of the page only', async () => {
    const listRuns = jest.fn(async () => ({ items: [runOf()] }));
    renderWithApis(<EntityActivity />, { operations: { listRuns } });
    expect(await screen.findByRole('link', { name: runOf().summary })).toBeVisible();
    expect(screen.queryByRole('columnheader', { name: 'On' })).not.toBeInTheDocument();
    expect(listRuns).toHaveBeenCalledWith(
      expect.objectContaining({ entityRef: 'component:default/backend' }),
      expect.anything(),
    );
  });
});
