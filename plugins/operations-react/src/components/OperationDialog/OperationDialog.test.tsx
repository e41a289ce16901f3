import { renderInTestApp } from '@backstage/frontend-test-utils';
import { ResponseError } from '@backstage/errors';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { runTopic } from '@leitstand/plugin-operations-common';
import { TestLiveApi } from '@leitstand/plugin-kit-react/testUtils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { z } from 'zod/v3';
import type { OperationForm } from '../../model/OperationForm';
import { runRouteRef } from '../../routes';
import { operationsApiOf, testApis } from '../../__testUtils__/testApis';
import { approvalOf, availableRollback, freezeOf, planOf, runOf } from '../../testUtils';
import { OperationButton } from '../OperationButton';

const input = { toRevision: 3 };

function setup(overrides: Parameters<typeof operationsApiOf>[0] = {}, inputForm?: OperationForm) {
  const operations = operationsApiOf(overrides);
  const live = new TestLiveApi();
  const onFinished = jest.fn();
  renderInTestApp(
    <OperationButton
      operation={availableRollback()}
      entityRef="component:default/backend"
      input={input}
      inputForm={inputForm}
      confirmLabel={plan => `Roll back to revision ${plan.input.toRevision}`}
      onFinished={onFinished}
    />,
    {
      apis: testApis(operations, live),
      mountedRoutes: { '/activity/runs/:id': runRouteRef, '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
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
    new Response(JSON.stringify({ error, request: { id: 'proxy-4711' }, response: { statusCode: status } }), {
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
      `/activity/runs/${runOf().id}`,
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
    expect(alert).toHaveTextContent('Request: proxy-4711');
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

  it('says before it asks what a run would wait for, and afterwards what it waits for', async () => {
    const plan = planOf({
      freezes: [freezeOf()],
      requirements: {
        reason: false,
        confirmation: false,
        approval: { approvers: ['group:default/platform-team'], expiresAfterHours: 4 },
      },
    });
    const waiting = runOf({ state: 'awaiting-approval', steps: [], startedAt: undefined, approval: approvalOf() });
    const { live } = setup({ plan: async () => plan, run: jest.fn(async () => waiting) });
    const dialog = await openDialog();
    const [frozen, approval] = await within(dialog).findAllByRole('note');
    expect(frozen).toHaveTextContent(/Frozen: Black Friday.*environment production.*2 Mar 2099.*UTC.*by ada/);
    expect(approval).toHaveTextContent(/one of: platform-team.*Nobody approves.*expires after 4h/);
    expect(within(dialog).queryByRole('button', { name: 'Break glass…' })).not.toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Ask for it: Roll back to revision 3' }));
    expect(await within(dialog).findByText('Waits for a yes')).toBeVisible();
    expect(within(dialog).getByRole('note')).toHaveTextContent(/platform-team.*Expires 1 Mar 2099/);
    expect(within(dialog).getByRole('button', { name: 'Withdraw…' })).toBeVisible();
    act(() => live.send(runTopic(waiting.id), { ...waiting, state: 'held', heldBy: [freezeOf()] }));
    expect(await within(dialog).findByText(/It goes on when the freeze is over/)).toBeVisible();
    act(() => live.send(runTopic(waiting.id), { ...waiting, state: 'queued', waitsFor: planOf().id }));
    expect(await within(dialog).findByRole('link', { name: 'that run' })).toHaveAttribute(
      'href',
      `/activity/runs/${planOf().id}`,
    );
  });

  it('breaks the glass only with a reason and a deliberate yes', async () => {
    const { operations } = setup({
      plan: async () =>
        planOf({
          freezes: [freezeOf()],
          mayBreakGlass: true,
          requirements: { reason: false, confirmation: false },
        }),
    });
    const dialog = await openDialog();
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Break glass…' }));
    const group = within(dialog).getByRole('group', { name: 'Break glass' });
    expect(group).toHaveTextContent(/Everybody concerned is told/);
    const confirm = within(dialog).getByRole('button', { name: 'Break glass: Roll back to revision 3' });
    await userEvent.click(confirm);
    expect(within(group).getByRole('textbox')).toHaveFocus();
    await userEvent.keyboard('Customers cannot pay');
    await userEvent.click(confirm);
    expect(within(group).getByRole('checkbox')).toHaveFocus();
    expect(operations.run).not.toHaveBeenCalled();
    await userEvent.keyboard(' ');
    await userEvent.click(confirm);
    expect(operations.run).toHaveBeenCalledWith(
      expect.objectContaining({ reason: 'Customers cannot pay', breakGlass: true }),
    );
  });

  it('asks for input first, keeps it, and goes back to it when the door refuses it', async () => {
    const refusal = await errorOf(400, { name: 'InputError', message: 'At most 5 replicas here' });
    const form: OperationForm<{ replicas: string }> = {
      schema: z.object({ replicas: z.coerce.number().int('A whole number') }),
      initialValues: { replicas: '2' },
      renderFields: ({ values, setValues, errorOf: wrong }) => (
        <label>
          Replicas
          <input
            value={values.replicas}
            aria-invalid={wrong('replicas') !== undefined}
            onChange={event => setValues({ replicas: event.target.value })}
          />
          {wrong('replicas')}
        </label>
      ),
    };
    const { operations } = setup({ plan: jest.fn().mockRejectedValueOnce(refusal).mockResolvedValue(planOf()) }, form);
    const dialog = await openDialog();
    const field = () => within(dialog).getByRole('textbox', { name: /Replicas/ });
    await userEvent.clear(field());
    await userEvent.type(field(), '1.5{Enter}');
    expect(within(dialog).getByText(/A whole number/)).toBeVisible();
    expect(field()).toHaveFocus();
    expect(operations.plan).not.toHaveBeenCalled();
    await userEvent.clear(field());
    await userEvent.type(field(), '9{Enter}');
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('At most 5 replicas here');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Change input' }));
    expect(field()).toHaveValue('9');
    await userEvent.clear(field());
    await userEvent.type(field(), '5{Enter}');
    expect(await within(dialog).findByRole('heading', { name: planOf().summary })).toHaveFocus();
    expect(operations.plan.mock.calls.map(([request]) => request.input)).toEqual([{ replicas: 9 }, { replicas: 5 }]);
    expect(within(dialog).getByRole('button', { name: 'Change input' })).toBeVisible();
  });

  it('goes on from a run that succeeded to the plan of its undo', async () => {
    const undo = planOf({ id: '6b4a3b1e-8c5c-4f0e-9a55-0b1f6a3f6a09', summary: 'Roll back to 4', undoes: runOf().id });
    const { operations } = setup({
      plan: async () => planOf({ requirements: { reason: false, confirmation: false } }),
      run: jest.fn(async () => runOf({ state: 'succeeded', result: 'Done.' })),
      planUndo: jest.fn(async () => undo),
    });
    const dialog = await openDialog();
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Roll back to revision 3' }));
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Undo…' }));
    expect(await within(dialog).findByRole('heading', { name: 'Undo: Roll back to 4' })).toHaveFocus();
    expect(operations.planUndo).toHaveBeenCalledWith(runOf().id, expect.anything());
    expect(within(dialog).getByRole('link', { name: 'an earlier run' })).toHaveAttribute(
      'href',
      `/activity/runs/${runOf().id}`,
    );
    expect(within(dialog).getByRole('button', { name: 'Undo' })).toBeVisible();
  });
});
