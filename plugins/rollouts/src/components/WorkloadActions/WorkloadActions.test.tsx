import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { workloadTopic, workloadRefOf, type Workload } from '@leitstand/plugin-rollouts-common';
import { act } from 'react';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { availableOf, entityOf, podOf, workloadOf } from '../../__testUtils__/testData';
import { WorkloadTab } from '../WorkloadTab';

const ids = ['rollback', 'restart', 'scale', 'set-image', 'pause', 'resume', 'delete-pod'].map(
  verb => `rollouts-${verb}`,
);
const autoscaler = {
  name: 'backend',
  minReplicas: 2,
  maxReplicas: 5,
  currentReplicas: 3,
  desiredReplicas: 3,
  metrics: [],
  conditions: [],
};
const schedule = { cron: '30 2 * * *', isSuspended: false, jobs: [] };

function setUp(workload: Partial<Workload> = {}, operations = ids.map(id => availableOf(id))) {
  const plan = jest.fn(() => new Promise<never>(() => {}));
  const live = renderWithApis(<WorkloadTab />, {
    rollouts: { getWorkload: async () => workloadOf(workload) },
    operations: { plan, listAvailable: async () => operations },
  });
  return { plan, live };
}

async function openMenu() {
  await userEvent.click(await screen.findByRole('button', { name: 'More operations' }));
  return screen.findByRole('menu');
}

async function choose(name: string) {
  await userEvent.click(within(await openMenu()).getByRole('menuitem', { name }));
  return screen.findByRole('dialog');
}

const asked = (operation: string, input: object | undefined) => [
  { operation, entityRef: 'component:default/backend', input },
  expect.anything(),
];

describe('what can be done to a workload', () => {
  it('plans at once what needs no input', async () => {
    const { plan } = setUp();
    await choose('Restart');
    expect(plan).toHaveBeenLastCalledWith(...asked('rollouts-restart', undefined));
  });

  it('is reached by keyboard', async () => {
    setUp();
    const button = await screen.findByRole('button', { name: 'More operations' });
    button.focus();
    await userEvent.keyboard('{Enter}');
    const menu = await screen.findByRole('menu');
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map(item => item.textContent),
    ).toEqual(['Restart…', 'Scale…', 'Set image…', 'Pause rollout…']);
    await userEvent.keyboard('{ArrowDown}');
    expect(within(menu).getByRole('menuitem', { name: 'Scale' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('menu')).not.toBeInTheDocument());
  });

  it('says of each one that is not available why, and does nothing', async () => {
    const refusal = { message: 'Only the group shop may do this.' };
    const { plan } = setUp({}, [availableOf('rollouts-restart', { isAvailable: false, refusal })]);
    const item = within(await openMenu()).getByRole('menuitem', { name: 'Restart' });
    expect(item).toHaveAttribute('aria-disabled', 'true');
    expect(item).toHaveAccessibleDescription('Not available: Only the group shop may do this.');
    await userEvent.click(item);
    expect(plan).not.toHaveBeenCalled();
  });

  it('has no menu where the door knows of no operation', async () => {
    setUp({}, []);
    expect(await screen.findByRole('region', { name: 'Health' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'More operations' })).not.toBeInTheDocument();
  });

  it('offers to resume what is paused, and says that the rest has to wait', async () => {
    const { plan } = setUp({ isPaused: true });
    const restart = within(await openMenu()).getByRole('menuitem', { name: 'Restart' });
    expect(restart).toHaveAccessibleDescription('It is paused: resume the rollout first.');
    await userEvent.keyboard('{Escape}');
    await userEvent.click(await screen.findByRole('button', { name: 'Resume rollout' }));
    await waitFor(() => expect(plan).toHaveBeenLastCalledWith(...asked('rollouts-resume', undefined)));
  });
});

describe('the form to scale', () => {
  it('asks for the number, and for a right one', async () => {
    const { plan } = setUp();
    const dialog = await choose('Scale');
    const field = within(dialog).getByRole('spinbutton', { name: 'Replicas' });
    expect(field).toHaveValue(3);
    expect(field).toHaveAccessibleDescription('3 now');
    await userEvent.clear(field);
    await userEvent.type(field, '1001{Enter}');
    expect(field).toHaveAccessibleDescription('Enter a whole number from 0 to 1000.');
    await userEvent.clear(field);
    await userEvent.type(field, '0');
    expect(within(dialog).getByText(/its addresses stop answering/)).toBeVisible();
    expect(plan).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(plan).toHaveBeenLastCalledWith(...asked('rollouts-scale', { target: 'workload', replicas: 0 })),
    );
  });

  it('begins with the bounds where an autoscaler sets the number', async () => {
    const { plan } = setUp({ autoscaler });
    const dialog = await choose('Scale');
    const [min, max] = ['At least', 'At most'].map(name => within(dialog).getByRole('spinbutton', { name }));
    await userEvent.clear(min);
    await userEvent.type(min, '6{Enter}');
    expect(max).toHaveAccessibleDescription('The upper bound must not be below the lower one.');
    await userEvent.clear(max);
    await userEvent.type(max, '8{Enter}');
    const bounds = { target: 'autoscaler', minReplicas: 6, maxReplicas: 8 };
    await waitFor(() => expect(plan).toHaveBeenLastCalledWith(...asked('rollouts-scale', bounds)));
  });

  it('lets the number itself be set all the same', async () => {
    setUp({ autoscaler });
    const dialog = await choose('Scale');
    await userEvent.click(within(dialog).getByRole('radio', { name: 'The number of replicas' }));
    expect(within(dialog).getByRole('spinbutton', { name: 'Replicas' })).toHaveAccessibleDescription(
      '3 now; the autoscaler keeps it between 2 and 5',
    );
  });
});

describe('the form to set an image', () => {
  it('begins with the image of the container, offers known ones, and refuses what is none', async () => {
    const { plan } = setUp();
    await userEvent.click(await screen.findByRole('button', { name: 'Set image of container backend' }));
    const dialog = await screen.findByRole('dialog');
    const field = within(dialog).getByRole('combobox', { name: 'Image' });
    expect(field).toHaveValue('registry.local/shop/backend:1.5.0');
    await userEvent.clear(field);
    await userEvent.type(field, 'no image{Enter}');
    expect(field).toHaveAccessibleDescription(/This is no image/);
    await userEvent.clear(field);
    await userEvent.keyboard('{ArrowDown}');
    await userEvent.click(await screen.findByRole('option', { name: 'registry.local/shop/backend:1.4.2' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Show what would change' }));
    const input = { container: 'backend', image: 'registry.local/shop/backend:1.4.2' };
    await waitFor(() => expect(plan).toHaveBeenLastCalledWith(...asked('rollouts-set-image', input)));
  });
});

describe('pods', () => {
  it('are deleted one by one; the dialog stays when the row goes', async () => {
    const { plan, live } = setUp({ pods: [podOf(), podOf({ name: 'backend-ending', isTerminating: true })] });
    const ending = await screen.findByRole('button', { name: 'Delete pod backend-ending' });
    expect(ending).toHaveAccessibleDescription('The pod is ending already.');
    await userEvent.click(screen.getByRole('button', { name: 'Delete pod backend-7c9f-abcde' }));
    expect(await screen.findByRole('dialog')).toBeVisible();
    expect(plan).toHaveBeenLastCalledWith(...asked('rollouts-delete-pod', { podName: 'backend-7c9f-abcde' }));
    act(() => live.send(workloadTopic(workloadRefOf(entityOf())!), workloadOf({ pods: [] })));
    expect(await screen.findByText('There is no pod')).toBeInTheDocument();
    expect(screen.getByRole('dialog')).toBeVisible();
    expect(plan).toHaveBeenCalledTimes(1);
  });
});

describe('a CronJob', () => {
  const operations = ['run-cron-job', 'suspend-cron-job'].map(verb => availableOf(`rollouts-${verb}`));

  it('is run now', async () => {
    const { plan } = setUp({ kind: 'CronJob', schedule, revisions: [] }, operations);
    await userEvent.click(await screen.findByRole('button', { name: 'Run now' }));
    await waitFor(() => expect(plan).toHaveBeenLastCalledWith(...asked('rollouts-run-cron-job', undefined)));
  });

  it.each([
    [false, 'Suspend schedule'],
    [true, 'Resume schedule'],
  ])('with isPaused %s offers %s', async (isPaused, name) => {
    const { plan } = setUp({ kind: 'CronJob', schedule, isPaused, revisions: [] }, operations);
    await userEvent.click(await screen.findByRole('button', { name }));
    const input = { suspend: !isPaused };
    await waitFor(() => expect(plan).toHaveBeenLastCalledWith(...asked('rollouts-suspend-cron-job', input)));
    expect(screen.queryByRole('button', { name: 'More operations' })).not.toBeInTheDocument();
  });
});
