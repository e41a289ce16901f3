import { approvalOf, freezeOf } from '@leitstand/plugin-operations-react/testUtils';
import { screen, within } from '@testing-library/react';
import { renderWithApis, runOf, waitingRunOf } from '../../__testUtils__/renderWithApis';
import { TaskOutputs } from './TaskOutputs';

const [one, other] = ['9c1d5c26-3b5f-4c43-8c4b-3df5a8d7f011', '9c1d5c26-3b5f-4c43-8c4b-3df5a8d7f012'];
const output = { links: [{ title: 'Open the first', url: 'https://shop.example/' }] };

function show(options: Parameters<typeof renderWithApis>[1], shown = {}) {
  renderWithApis(<TaskOutputs {...shown} />, { path: '/tasks/:taskId', at: '/tasks/task-1', ...options });
}

describe('TaskRuns', () => {
  it('shows what the steps asked for, in their order, and what it waits for', async () => {
    const listRuns = jest.fn(async () => ({
      items: [waitingRunOf({ id: other, summary: 'Roll back frontend' }), runOf({ id: one })],
    }));
    show({ operations: { listRuns }, taskStatus: 'processing' });
    const [first, second] = await screen.findAllByRole('listitem');
    expect(listRuns).toHaveBeenCalledWith({ taskId: 'task-1', limit: 100 }, expect.anything());
    expect(first).toHaveTextContent(/^Succeeded.*Roll back backend.*backend runs revision 5\.$/);
    expect(second).toHaveTextContent(
      /Waits for a yes.*Roll back frontend.*Waits for the yes of one of:.*platform-team/,
    );
    expect(within(second).getByRole('link', { name: 'Roll back frontend' })).toHaveAttribute(
      'href',
      `/activity/runs/${other}`,
    );
  });

  it('says by which freeze a run is held, and who said no with a name that leads to the person', async () => {
    const rejected = runOf({
      ...{ id: other, state: 'rejected', result: undefined, approval: approvalOf({ state: 'rejected' }) },
      error: { name: 'ConflictError', message: 'user:default/ada said no: not today' },
    });
    const held = runOf({ id: one, state: 'held', result: undefined, heldBy: [freezeOf()] });
    show({ operations: { listRuns: async () => ({ items: [rejected, held] }) } });
    const [first, second] = await screen.findAllByRole('listitem');
    expect(first).toHaveTextContent(/Held.*Frozen: Black Friday/);
    expect(second).toHaveTextContent(/Rejected.*ada said no: not today/);
    expect(within(second).getByRole('link', { name: 'ada' })).toHaveAttribute('href', '/catalog/default/user/ada');
  });

  it('leaves what Backstage shows at the end where it is, and takes no room without runs', async () => {
    show({ operations: { listRuns: async () => ({ items: [] }) } }, { output });
    expect(await screen.findByRole('link', { name: /Open the first/ })).toBeVisible();
    expect(screen.queryByText('What this task changes')).not.toBeInTheDocument();
  });

  it('says that it does not know', async () => {
    show({ operations: { listRuns: () => Promise.reject(new TypeError('Failed to fetch')) } });
    expect(await screen.findByText(/cannot be read at the moment/)).toBeVisible();
  });
});
