import { renderInTestApp } from '@backstage/frontend-test-utils';
import { ResponseError } from '@backstage/errors';
import { runTopic } from '@leitstand/plugin-operations-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { runRouteRef } from '../../routes';
import { operationsApiOf, TestLiveApi, testApis } from '../../__testUtils__/testApis';
import { availableRollback, planOf, runOf } from '../../__testUtils__/testData';
import { OperationButton } from '../OperationButton';

const input = { toRevision: 3 };

function setup(overrides: Parameters<typeof operationsApiOf>[0] = {}) {
  const operations = operationsApiOf(overrides);
  const live = new TestLiveApi();
  const onFinished = jest.fn();
  renderInTestApp(
    <OperationButton
      operation={availableRollback()}
      entityRef="component:default/backend"
      input={input}
      confirmLabel={plan => `Roll back to revision ${plan.input.toRevision}`}
      onFinished={onFinished}
    />,
    { apis: testApis(operations, live), mountedRoutes: { '/activity/:id': runRouteRef } },
  );
  return { operations, live, onFinished };
}

async function openDialog() {
  const button = await screen.findByRole('button', { name: 'Roll back' });
  await userEvent.click(button);
  return screen.findByRole('dialog');
}

async function errorOf(status: number, error: { name: string; message: string; code?: string }) {
  return ResponseError.fromResponse(
    new Response(JSON.stringify({ error, response: { statusCode: status } }), {
      status,
      headers: { 'Content-Type': 'application/json' },
    }),
  );
}

describe('OperationDialog', () => {
  it('leads from the plan over reason and confirmation to the healthy end', async () => {
    const { operations, live, onFinished } = setup();
    const dialog = await openDialog();

    expect(await within(dialog).findByRole('heading', { name: planOf().summary })).toHaveFocus();
    expect(operations.plan.mock.calls[0][0]).toEqual({
      operation: 'rollouts-rollback',
      entityRef: 'component:default/backend',
      input,
    });
    expect(within(dialog).getByText('homelab-k3s / shop / Deployment backend')).toBeVisible();
    const changes = within(dialog).getByRole('table', { name: 'What changes' });
    expect(within(changes).getByRole('row', { name: /1\.5\.0.*1\.4\.2/ })).toBeVisible();
    expect(within(dialog).getByRole('note')).toHaveTextContent('Argo CD');
    expect(within(dialog).getByRole('timer')).toHaveTextContent(/good for (10m|9m)/);

    const confirm = within(dialog).getByRole('button', { name: 'Roll back to revision 3' });
    await userEvent.click(confirm);
    const reason = within(dialog).getByRole('textbox', { name: /Reason/ });
    expect(reason).toHaveFocus();
    expect(reason).toBeInvalid();
    await userEvent.type(reason, 'The image does not exist');
    await userEvent.click(confirm);
    const checkbox = within(dialog).getByRole('checkbox', { name: 'Yes, change backend in production.' });
    expect(checkbox).toHaveFocus();
    await userEvent.keyboard(' ');
    await userEvent.dblClick(confirm);
    expect(operations.run).toHaveBeenCalledTimes(1);
    expect(operations.run.mock.calls[0][0]).toEqual({
      planId: planOf().id,
      reason: 'The image does not exist',
      idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });

    const steps = await within(dialog).findByRole('list', { name: 'Steps' });
    expect(within(steps).getAllByRole('listitem')[1]).toHaveTextContent('1 of 2 new replicas are available');
    expect(within(dialog).getByText(/it goes on/)).toBeVisible();
    act(() =>
      live.send(
        runTopic(runOf().id),
        runOf({ state: 'succeeded', result: 'backend runs revision 3.', finishedAt: '2026-03-01T08:00:09.000Z' }),
      ),
    );
    expect(await within(dialog).findByText('backend runs revision 3.')).toBeVisible();
    expect(within(dialog).queryByRole('button', { name: 'Stop…' })).not.toBeInTheDocument();
    expect(onFinished).toHaveBeenCalledTimes(1);
    expect(within(dialog).getByRole('link', { name: 'Open in Activity' })).toHaveAttribute(
      'href',
      `/activity/${runOf().id}`,
    );
  });

  it.each([
    [403, 'NotAllowedError', 'OWNERSHIP_NOT_CONFIRMED', /people who run the cluster/],
    [403, 'NotAllowedError', 'OPERATION_NOT_ALLOWED', /group that owns it/],
    [409, 'ConflictError', 'NOTHING_TO_CHANGE', /already as you want/],
    [502, 'UpstreamError', 'UPSTREAM_UNREACHABLE', /cluster did not answer/],
  ])('says why there is no plan: %i %s %s', async (status, name, code, advice) => {
    const error = await errorOf(status, { name, code, message: `What the door says about ${code}` });
    const { operations } = setup({ plan: jest.fn().mockRejectedValueOnce(error).mockResolvedValue(planOf()) });
    const dialog = await openDialog();
    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent(`What the door says about ${code}`);
    expect(alert).toHaveTextContent(advice);
    expect(alert).toHaveTextContent(`Code ${code}`);
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await within(dialog).findByRole('heading', { name: planOf().summary })).toBeVisible();
    expect(operations.plan).toHaveBeenCalledTimes(2);
  });

  it('asks for a new plan when the old one is too old', async () => {
    const old = planOf({ expiresAt: new Date(Date.now() - 1_000).toISOString() });
    setup({ plan: jest.fn().mockResolvedValueOnce(old).mockResolvedValue(planOf()) });
    const dialog = await openDialog();
    expect(await within(dialog).findByText(/older than ten minutes/)).toBeVisible();
    expect(within(dialog).queryByRole('button', { name: 'Roll back to revision 3' })).not.toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Make a new plan' }));
    expect(await within(dialog).findByRole('button', { name: 'Roll back to revision 3' })).toBeVisible();
  });

  it('retries a cut start under the same key, and offers a new plan after a stale one', async () => {
    const stale = await errorOf(409, {
      name: 'ConflictError',
      code: 'PLAN_STALE',
      message: 'The Deployment was changed.',
    });
    const { operations } = setup({
      plan: jest.fn(async () => planOf({ requirements: { reason: false, confirmation: false } })),
      run: jest.fn().mockRejectedValueOnce(new TypeError('Failed to fetch')).mockRejectedValueOnce(stale),
    });
    const dialog = await openDialog();
    const confirm = await within(dialog).findByRole('button', { name: 'Roll back to revision 3' });
    await userEvent.click(confirm);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('It did not start');
    await userEvent.click(confirm);
    expect(await within(dialog).findByText('The Deployment was changed.')).toBeVisible();
    const [first, second] = operations.run.mock.calls.map(([request]) => request.idempotencyKey);
    expect(second).toBe(first);
    expect(within(dialog).getByRole('button', { name: 'Make a new plan' })).toBeVisible();
  });

  it('stops a run on demand, and asks for the state when the stream fails', async () => {
    const { operations, live } = setup({
      plan: jest.fn(async () => planOf({ requirements: { reason: false, confirmation: false } })),
      cancelRun: jest.fn(async () => runOf({ state: 'cancelled', result: 'Stopped by olivia.' })),
    });
    const dialog = await openDialog();
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Roll back to revision 3' }));
    const stop = await within(dialog).findByRole('button', { name: 'Stop…' });
    act(() => live.fail(runTopic(runOf().id), { name: 'NotFoundError', message: 'gone' }));
    expect(await within(dialog).findByText(/No live connection/)).toBeVisible();
    await userEvent.click(stop);
    const question = await screen.findByRole('dialog', { name: 'Stop this run?' });
    expect(question).toHaveTextContent(/taken back where that is possible/);
    await userEvent.click(within(question).getByRole('button', { name: 'Stop' }));
    expect(await within(dialog).findByText(/Stopped by olivia\./)).toBeVisible();
    expect(operations.cancelRun).toHaveBeenCalledWith(runOf().id);
  });

  it('shows the error of a failed run with its code and what to try', async () => {
    setup({
      plan: jest.fn(async () => planOf({ requirements: { reason: false, confirmation: false } })),
      run: jest.fn(async () =>
        runOf({
          state: 'failed',
          error: { name: 'Error', code: 'ROLLOUT_FAILED', message: 'Progress deadline exceeded.' },
        }),
      ),
    });
    const dialog = await openDialog();
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Roll back to revision 3' }));
    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent(/Progress deadline exceeded.*another revision may help.*Code ROLLOUT_FAILED/);
  });

  it('closes by Escape, drops the plan that is on its way, and gives the focus back', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    setup({
      plan: (_request, options) => {
        signals.push(options?.signal);
        return new Promise(() => {});
      },
    });
    await openDialog();
    expect(await screen.findByRole('status', { name: /Nothing is changed yet/ })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(signals.at(-1)?.aborted).toBe(true);
    expect(screen.getByRole('button', { name: 'Roll back' })).toHaveFocus();
  });
});
