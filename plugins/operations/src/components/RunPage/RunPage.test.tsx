import { withCode } from '@leitstand/plugin-kit-common';
import { runTopic } from '@leitstand/plugin-operations-common';
import { act, screen, within } from '@testing-library/react';
import { renderWithApis, runOf } from '../../__testUtils__/renderWithApis';
import { RunPage } from './RunPage';

const place = { path: '/activity/:id', at: `/activity/${runOf().id}` };

describe('RunPage', () => {
  it('says who did what to which thing, why, when, old and new, with what result', async () => {
    renderWithApis(<RunPage />, place);
    expect(await screen.findByRole('heading', { name: runOf().summary })).toBeVisible();
    expect(screen.getByRole('link', { name: /backend$/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/backend',
    );
    expect(screen.getByRole('link', { name: /olivia/ })).toBeVisible();
    expect(screen.getByText('The image does not exist')).toBeVisible();
    expect(screen.getByText(/1 Mar 2026, 08:00:04 UTC/)).toBeVisible();
    expect(screen.getByText('backend runs revision 5.')).toBeVisible();
    const changes = screen.getByRole('table', { name: 'What changed' });
    expect(within(changes).getByRole('row', { name: /backend:1\.5\.0 backend:1\.4\.2/ })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Stop…' })).not.toBeInTheDocument();
  });

  it('follows a run that is under way', async () => {
    const running = runOf({ state: 'running', result: undefined, finishedAt: undefined });
    const { send } = renderWithApis(<RunPage />, { ...place, operations: { getRun: async () => running } });
    expect(await screen.findByRole('button', { name: 'Stop…' })).toBeVisible();
    expect(screen.getByRole('table', { name: 'What was to change' })).toBeVisible();
    act(() => send(runTopic(running.id), runOf()));
    expect(await screen.findByText('Succeeded')).toBeVisible();
  });

  it('says that a run is not there, and lets try again', async () => {
    const absent = Object.assign(new Error('There is no run of this id.'), { name: 'NotFoundError' });
    const getRun = jest.fn().mockRejectedValue(withCode(absent, 'RUN_NOT_FOUND'));
    renderWithApis(<RunPage />, { ...place, operations: { getRun } });
    expect(await screen.findByText('There is no run of this id.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});
