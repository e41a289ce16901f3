import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { containerOf, podOf, workloadOf } from '../../__testUtils__/testData';
import type { Workload } from '@leitstand/plugin-rollouts-common';
import { WorkloadTab } from './WorkloadTab';

function render(overrides: Partial<Workload>) {
  return renderWithApis(<WorkloadTab />, { rollouts: { getWorkload: async () => workloadOf(overrides) } });
}

describe('sections of a workload', () => {
  it('says of a pod how its container ended, and leads to both of its logs', async () => {
    const pod = podOf({
      name: 'backend-1',
      isReady: false,
      reason: 'CrashLoopBackOff',
      restarts: 7,
      usage: { cpuCores: 0.125, memoryBytes: 64 * 1024 * 1024 },
      containers: [
        containerOf(),
        containerOf({
          name: 'worker',
          isReady: false,
          restarts: 7,
          state: 'waiting',
          reason: 'CrashLoopBackOff',
          lastTermination: { reason: 'OOMKilled', exitCode: 137, finishedAt: '2026-03-01T07:55:00Z' },
        }),
      ],
    });
    render({ pods: [pod], podCount: 450 });
    const table = await screen.findByRole('table', { name: 'Pods' });
    expect(
      within(table).getByText(/worker: CrashLoopBackOff · restarted 7 times · last ended: OOMKilled, exit code 137/),
    ).toBeVisible();
    expect(within(table).getByText('0.125 CPU')).toBeVisible();
    expect(within(table).getByText('64 MiB')).toBeVisible();
    expect(within(table).getByRole('link', { name: 'Logs of backend-1' })).toHaveAttribute(
      'href',
      '/?pod=backend-1&container=worker',
    );
    expect(within(table).getByRole('link', { name: 'Log of the last run of backend-1' })).toHaveAttribute(
      'href',
      '/?pod=backend-1&container=worker&previous=true',
    );
    expect(screen.getByText('Only 1 of 450 pods are shown, those in trouble first.')).toBeVisible();
  });

  it('shows resources, addresses and what could not be read', async () => {
    render({
      resources: [
        {
          container: 'backend',
          requests: { cpuCores: 0.25, memoryBytes: 128 * 1024 * 1024 },
          limits: { memoryBytes: 256 * 1024 * 1024 },
          usage: { cpuCores: 0.1, memoryBytes: 240 * 1024 * 1024 },
        },
      ],
      addresses: [
        { address: 'https://shop.example.org/', source: 'Ingress/shop', reach: 'outside', hasReadyEndpoints: true },
        { address: 'http://backend.shop.svc', source: 'Service/backend', reach: 'cluster', hasReadyEndpoints: false },
        // eslint-disable-next-line no-script-url -- what a cluster could be made to say
        { address: 'javascript:alert(1)', source: 'Ingress/evil', reach: 'outside', hasReadyEndpoints: true },
      ],
      missing: [
        { what: 'autoscaler', reason: 'the service account may not list horizontalpodautoscalers.' },
        { what: 'metrics', reason: 'no answer.', observedAt: new Date(Date.now() - 200_000).toISOString() },
      ],
    });
    const resources = await screen.findByRole('table', { name: 'Resources' });
    expect(within(resources).getByText('0.1 CPU used · 0.25 CPU requested · no limit')).toBeVisible();
    expect(
      within(resources).getByText('240 MiB used · 128 MiB requested · limit 256 MiB · near its end'),
    ).toBeVisible();
    const addresses = screen.getByRole('table', { name: 'Addresses' });
    expect(
      within(addresses)
        .getAllByRole('link')
        .map(link => link.getAttribute('href')),
    ).toEqual(['https://shop.example.org/']);
    expect(within(addresses).getByText('No pod is ready')).toBeVisible();
    expect(within(addresses).getByText('Pods of the cluster')).toBeVisible();
    expect(screen.getByText(/autoscaler: the service account may not list/)).toBeVisible();
  });

  it('shows an autoscaler as a picture and in words', async () => {
    render({
      autoscaler: {
        name: 'backend',
        minReplicas: 2,
        maxReplicas: 6,
        currentReplicas: 3,
        desiredReplicas: 6,
        metrics: [{ name: 'cpu', current: '160 %', target: '80 %' }],
        conditions: [
          { type: 'AbleToScale', status: 'True', reason: 'SucceededRescale', message: 'the last scale succeeded' },
          { type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas', message: 'it is held by its maximum' },
        ],
      },
    });
    const section = await screen.findByRole('region', { name: 'Autoscaling' });
    expect(within(section).getByText('It is scaling up from 3 to 6 replicas.')).toBeVisible();
    expect(within(section).getByText(/at its upper bound/)).toBeVisible();
    expect(within(section).getByRole('img', { name: '3 replicas now, 6 wanted, between 2 and 6' })).toBeVisible();
    expect(within(section).getByRole('row', { name: 'cpu 160 % 80 %' })).toBeVisible();
    expect(within(section).getByText('it is held by its maximum')).toBeVisible();
  });

  it('shows the schedule and jobs of a CronJob, and nothing that it does not have', async () => {
    render({
      kind: 'CronJob',
      strategy: 'Forbid',
      revisions: [],
      pods: [podOf({ name: 'report-28-abcde', revision: undefined, phase: 'Failed', isReady: false, reason: 'Error' })],
      schedule: {
        cron: '*/5 * * * *',
        timeZone: 'Europe/Berlin',
        isSuspended: true,
        lastScheduledAt: '2026-03-01T08:00:00Z',
        jobs: [
          {
            name: 'report-28',
            state: 'failed',
            startedAt: '2026-03-01T08:00:00Z',
            finishedAt: '2026-03-01T08:03:20Z',
            message: 'BackoffLimitExceeded',
          },
        ],
      },
    });
    const section = await screen.findByRole('region', { name: 'Schedule' });
    expect(within(section).getByText('*/5 * * * *')).toBeVisible();
    expect(within(section).getByText('Suspended: no job is started')).toBeVisible();
    expect(
      within(section).getByRole('row', { name: /^report-28 Failed .* 3m 20s BackoffLimitExceeded/ }),
    ).toBeVisible();
    expect(within(section).getByRole('link', { name: 'Logs of report-28-abcde' })).toBeVisible();
    expect(screen.queryByRole('region', { name: 'Revisions' })).not.toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Addresses' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Roll back' })).not.toBeInTheDocument();
    expect(screen.queryByText('Replicas')).not.toBeInTheDocument();
  });

  it('leads to its parts by keyboard', async () => {
    render({});
    const navigation = await screen.findByRole('navigation', { name: 'On this page' });
    act(() => within(navigation).getByRole('button', { name: 'Events (1)' }).focus());
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toContainElement(screen.getByRole('table', { name: 'Events' }));
  });
});
