import { withCode } from '@leitstand/plugin-kit-common';
import { runTopic } from '@leitstand/plugin-operations-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { freezeOf, permissionsOf } from '@leitstand/plugin-operations-react/testUtils';
import { renderWithApis, runOf, waitingRunOf } from '../../__testUtils__/renderWithApis';
import { RunPage } from './RunPage';

const place = { path: '/activity/runs/:id', at: `/activity/runs/${runOf().id}` };

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
    const live = renderWithApis(<RunPage />, { ...place, operations: { getRun: async () => running } });
    expect(await screen.findByRole('button', { name: 'Stop…' })).toBeVisible();
    expect(screen.getByRole('table', { name: 'What changes' })).toBeVisible();
    act(() => live.send(runTopic(running.id), runOf()));
    expect(await screen.findByText('Succeeded')).toBeVisible();
  });

  it('says that a run is not there, and lets try again', async () => {
    const absent = Object.assign(new Error('There is no run of this id.'), { name: 'NotFoundError' });
    const getRun = jest.fn().mockRejectedValue(withCode(absent, 'RUN_NOT_FOUND'));
    renderWithApis(<RunPage />, { ...place, operations: { getRun } });
    expect(await screen.findByText('There is no run of this id.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('takes a yes with its comment, and asks why for a no', async () => {
    const permissions = permissionsOf({ approve: { isAllowed: true } });
    const approved = waitingRunOf({ state: 'queued' });
    const approveRun = jest.fn(async () => approved);
    const rejectRun = jest.fn(async () => waitingRunOf({ state: 'rejected' }));
    renderWithApis(<RunPage />, {
      ...place,
      operations: {
        getRun: async () => waitingRunOf(),
        getRunPermissions: async () => permissions,
        approveRun,
        rejectRun,
      },
    });
    const panel = await screen.findByRole('region', { name: 'Approval' });
    await userEvent.click(await within(panel).findByRole('button', { name: 'Reject' }));
    const comment = within(panel).getByRole('textbox', { name: 'Comment' });
    expect(comment).toHaveFocus();
    expect(comment).toBeInvalid();
    expect(rejectRun).not.toHaveBeenCalled();
    await userEvent.type(comment, 'Go on');
    await userEvent.click(within(panel).getByRole('button', { name: 'Approve' }));
    expect(approveRun).toHaveBeenCalledWith(waitingRunOf().id, { comment: 'Go on' });
    expect(await screen.findByText('Queued')).toBeVisible();
    expect(within(panel).queryByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
  });

  it('says to the others who can answer, until when, and why they cannot', async () => {
    renderWithApis(<RunPage />, { ...place, operations: { getRun: async () => waitingRunOf() } });
    expect(await screen.findByText('You asked for it yourself.')).toBeVisible();
    expect(screen.getAllByRole('link', { name: /platform-team/ })).not.toHaveLength(0);
    expect(screen.getAllByText(/1 Mar 2099/)).not.toHaveLength(0);
    expect(screen.queryByRole('button', { name: 'Break glass…' })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Withdraw…' })).toBeVisible();
  });

  it('lets a held run begin by broken glass, with a reason', async () => {
    const held = runOf({ state: 'held', heldBy: [freezeOf()], finishedAt: undefined, result: undefined });
    const breakGlass = jest.fn(async () => runOf({ state: 'running', finishedAt: undefined, result: undefined }));
    renderWithApis(<RunPage />, {
      ...place,
      operations: {
        getRun: async () => held,
        getRunPermissions: async () => permissionsOf({ breakGlass: { isAllowed: true } }),
        breakGlass,
      },
    });
    expect(await screen.findByText(/Frozen: Black Friday/)).toBeVisible();
    await userEvent.click(await screen.findByRole('button', { name: 'Break glass…' }));
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Break glass' });
    await userEvent.click(confirm);
    expect(breakGlass).not.toHaveBeenCalled();
    await userEvent.type(within(dialog).getByRole('textbox'), 'Customers cannot pay');
    await userEvent.click(within(dialog).getByRole('checkbox'));
    await userEvent.click(confirm);
    await waitFor(() => expect(breakGlass).toHaveBeenCalledWith(held.id, { reason: 'Customers cannot pay' }));
    expect(await screen.findByText('Running')).toBeVisible();
  });

  it('plans an undo, and says why not where there is none', async () => {
    const planUndo = jest.fn(() => new Promise<never>(() => {}));
    const { id } = runOf();
    renderWithApis(<RunPage />, { ...place, operations: { planUndo } });
    await userEvent.click(await screen.findByRole('button', { name: 'Undo…' }));
    expect(await screen.findByRole('dialog', { name: 'Undo' })).toBeVisible();
    expect(planUndo).toHaveBeenCalledWith(id, expect.anything());
  });

  it('leads back to the task of the template that asked', async () => {
    const getRun = async () => runOf({ face: 'template', taskId: 'task-1' });
    renderWithApis(<RunPage />, { ...place, operations: { getRun } });
    expect(await screen.findByText(/through a template/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'in this task' })).toHaveAttribute('href', '/create/tasks/task-1');
  });

  it('names the runs before and after it', async () => {
    const undoneBy = '1c1d5c26-3b5f-4c43-8c4b-3df5a8d7f009';
    renderWithApis(<RunPage />, { ...place, operations: { getRun: async () => runOf({ undoneBy }) } });
    expect(await screen.findByRole('link', { name: 'that run' })).toHaveAttribute('href', `/activity/runs/${undoneBy}`);
    expect(screen.getByRole('button', { name: 'Undo' })).toHaveAccessibleDescription(/taken back already/);
  });
});
