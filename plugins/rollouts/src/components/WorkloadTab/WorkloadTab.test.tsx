import { workloadTopic, workloadRefOf } from '@leitstand/plugin-rollouts-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { entityOf, podOf, revisionOf, workloadOf } from '../../__testUtils__/testData';
import { WorkloadTab } from './WorkloadTab';

const topic = workloadTopic(workloadRefOf(entityOf())!);

/** The button once the door has said that its operation is available. */
async function activeButton(name: string) {
  await waitFor(() => expect(screen.getByRole('button', { name })).not.toHaveAttribute('aria-disabled'));
  return screen.getByRole('button', { name });
}

describe('WorkloadTab', () => {
  it('says what is wrong, since when, what changed and what to do', async () => {
    renderWithApis(<WorkloadTab />);
    const header = await screen.findByRole('region', { name: 'Health' });
    expect(within(header).getByText('Failed')).toBeVisible();
    expect(within(header).getByRole('heading', { name: /cannot pull/ })).toBeVisible();
    expect(within(header).getByText(/Check that the image exists/)).toBeVisible();
    expect(within(header).getByText(/since/)).toBeVisible();
    expect(within(header).getByText(':1.4.2')).toBeVisible();
    expect(within(header).getByRole('img', { name: 'Pods: 1 failing, 2 ready' })).toBeVisible();

    const pods = screen.getByRole('table', { name: 'Pods' });
    const [, pod, notes] = within(pods).getAllByRole('row');
    expect(pod).toHaveTextContent(/ImagePullBackOff/);
    expect(notes).toHaveTextContent(/^Back-off pulling image/);
    expect(within(screen.getByRole('table', { name: 'Events' })).getByText('7 times')).toBeVisible();
  });

  it('names the run and the person of a change of its own', async () => {
    const runId = 'c24c0f2f-d907-44cf-a386-8ff57928ad4e';
    const changeCause = `rolled back to revision 3 by user:default/olivia: too warm (run ${runId})`;
    const { revisions } = workloadOf();
    const workload = workloadOf({ revisions: revisions.map(revision => ({ ...revision, changeCause })) });
    renderWithApis(<WorkloadTab />, { rollouts: { getWorkload: async () => workload } });
    const header = await screen.findByRole('region', { name: 'Health' });
    const run = within(header).getByRole('link', { name: 'rolled back to revision 3' });
    expect(run).toHaveAttribute('href', `/activity/${runId}`);
    expect(within(header).getByRole('link', { name: /olivia/ })).toBeVisible();
    expect(within(header).getByText(/: too warm$/)).toBeVisible();
  });

  it('rolls back to the revision before, or to the one of a row', async () => {
    const plan = jest.fn(() => new Promise<never>(() => {}));
    renderWithApis(<WorkloadTab />, { operations: { plan } });
    await userEvent.click(await activeButton('Roll back'));
    await screen.findByRole('dialog', { name: 'Roll back' });
    expect(plan).toHaveBeenLastCalledWith(
      { operation: 'rollouts-rollback', entityRef: 'component:default/backend', input: { toRevision: 3 } },
      expect.anything(),
    );
    await userEvent.keyboard('{Escape}');
    const table = await screen.findByRole('table', { name: 'Revisions' });
    const row = within(table).getByRole('row', { name: /Release 1\.4\.2/ });
    await userEvent.click(within(row).getByRole('button', { name: 'Roll back to revision 3' }));
    expect(plan).toHaveBeenCalledTimes(2);
  });

  it('keeps the dialog and its plan when the revision gets another number behind it', async () => {
    const plan = jest.fn(() => new Promise<never>(() => {}));
    const live = renderWithApis(<WorkloadTab />, { operations: { plan } });
    await userEvent.click(await activeButton('Roll back to revision 3'));
    await screen.findByRole('dialog');
    const [stuck, good] = workloadOf().revisions;
    const revisions = [
      { ...good, revision: 5, isCurrent: true },
      { ...stuck, isCurrent: false },
    ];
    act(() => live.send(topic, workloadOf({ revisions })));
    expect(await screen.findByRole('dialog')).toBeVisible();
    expect(plan).toHaveBeenCalledTimes(1);
  });

  it('has no button at the present revision', async () => {
    renderWithApis(<WorkloadTab />);
    await activeButton('Roll back to revision 3');
    expect(screen.queryByRole('button', { name: 'Roll back to revision 4' })).not.toBeInTheDocument();
  });

  it('has no button where the door knows of no such operation', async () => {
    renderWithApis(<WorkloadTab />, { operations: { listAvailable: async () => [] } });
    expect(await screen.findByRole('table', { name: 'Revisions' })).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('button', { name: /Roll back/ })).not.toBeInTheDocument());
  });

  it('says to a person without rights why the button does nothing', async () => {
    const refusal = { message: 'Only the group shop may do this.' };
    renderWithApis(<WorkloadTab />, {
      operations: {
        listAvailable: async () => [
          { operation: 'rollouts-rollback', title: 'Roll back', description: '', isAvailable: false, refusal },
        ],
      },
    });
    const button = await screen.findByRole('button', { name: 'Roll back', description: /Only the group shop/ });
    expect(button).toHaveAttribute('aria-disabled', 'true');
  });

  it('follows the workload until it is healthy', async () => {
    const live = renderWithApis(<WorkloadTab />);
    await screen.findByRole('heading', { name: /cannot pull/ });
    const healthy = workloadOf({
      health: { state: 'healthy', message: 'All 3 replicas are available.' },
      freshness: { observedAt: '2026-03-01T08:01:00Z', isStale: false },
    });
    act(() => live.send(topic, healthy));
    expect(await screen.findByRole('heading', { name: 'All 3 replicas are available.' })).toBeVisible();
    expect(screen.getByText('Healthy')).toBeVisible();
  });

  it('marks the last known state of a cluster that does not answer', async () => {
    const freshness = {
      observedAt: '2026-03-01T07:00:00Z',
      isStale: true,
      problem: { code: 'UPSTREAM_UNREACHABLE', message: 'the cluster homelab-k3s cannot be reached' },
    };
    renderWithApis(<WorkloadTab />, { rollouts: { getWorkload: async () => workloadOf({ freshness }) } });
    expect(await screen.findByText(/because: the cluster homelab-k3s cannot be reached/)).toBeVisible();
    expect(screen.getByRole('table', { name: 'Pods' })).toBeVisible();
  });

  it('shows many rows only on demand, and says when there are none', async () => {
    const pods = Array.from({ length: 200 }, (_, index) => podOf({ name: `backend-${index}` }));
    const revisions = [revisionOf()];
    renderWithApis(<WorkloadTab />, {
      rollouts: { getWorkload: async () => workloadOf({ pods, revisions, events: [] }) },
    });
    const table = await screen.findByRole('table', { name: 'Pods' });
    expect(within(table).getAllByRole('row')).toHaveLength(26);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 200' }));
    expect(within(screen.getByRole('table', { name: 'Pods' })).getAllByRole('row')).toHaveLength(201);
    expect(screen.getByText('No events')).toBeVisible();
    const main = within(screen.getByRole('region', { name: 'Health' })).getByRole('button', { name: 'Roll back' });
    await waitFor(() => expect(main).toHaveAccessibleDescription('There is no earlier revision in the history.'));
  });

  it('leads out of an error', async () => {
    const getWorkload = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue(workloadOf());
    renderWithApis(<WorkloadTab />, { rollouts: { getWorkload } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('region', { name: 'Health' })).toBeVisible();
  });

  it('shows that it is loading', async () => {
    renderWithApis(<WorkloadTab />, { rollouts: { getWorkload: () => new Promise(() => {}) } });
    expect(await screen.findByRole('status', { name: 'Loading' })).toBeVisible();
  });

  it('says which annotations are missing', async () => {
    renderWithApis(<WorkloadTab />, { entity: entityOf({ annotations: {} }) });
    expect(await screen.findByText('No workload is named here')).toBeVisible();
  });
});
