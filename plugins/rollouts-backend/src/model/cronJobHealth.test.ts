import { waitingPodOf } from '../__testUtils__/kubernetesFixtures';
import { healthOf } from './health';
import { scheduleOf } from './schedule';
import { cronJobType, jobType } from './workloadObjects';

function cronJobOf(facts: { suspend?: boolean; status?: object } = {}) {
  return cronJobType.schema.parse({
    metadata: { name: 'report', namespace: 'shop', uid: 'uid-report', creationTimestamp: '2026-03-01T08:00:00Z' },
    spec: {
      schedule: '*/5 * * * *',
      suspend: facts.suspend,
      jobTemplate: { spec: { template: { spec: { containers: [{ name: 'report', image: 'report:1' }] } } } },
    },
    status: facts.status,
  });
}

function jobOf(minute: number, condition?: { type: string; message?: string }, spec: object = {}) {
  const at = `2026-03-01T09:0${minute}:00Z`;
  return jobType.schema.parse({
    metadata: { name: `report-${minute}`, namespace: 'shop', uid: `uid-job-${minute}`, creationTimestamp: at },
    spec,
    status: {
      startTime: at,
      conditions: condition ? [{ status: 'True', lastTransitionTime: at, ...condition }] : [],
    },
  });
}

const failed = { type: 'Failed', message: 'Job has reached the specified backoff limit' };
const complete = { type: 'Complete' };

describe('healthOf a CronJob', () => {
  const stuckPod = waitingPodOf('report-3-x', 'ImagePullBackOff');
  stuckPod.metadata.ownerReferences = [{ kind: 'Job', name: 'report-3', uid: 'uid-job-3', controller: true }];

  it.each([
    ['the last job succeeded', cronJobOf(), [jobOf(2, complete), jobOf(1, failed)], [], { state: 'healthy' }],
    [
      'the last job failed',
      cronJobOf(),
      [jobOf(1, complete), jobOf(2, failed)],
      [],
      {
        state: 'failed',
        message: 'The last job (report-2) failed: Job has reached the specified backoff limit.',
        since: '2026-03-01T09:02:00Z',
      },
    ],
    ['it failed, and another try is running', cronJobOf(), [jobOf(2, failed), jobOf(3)], [], { state: 'failed' }],
    [
      'the present job cannot start',
      cronJobOf(),
      [jobOf(2, complete), jobOf(3)],
      [stuckPod],
      { state: 'degraded', reason: 'ImagePullBackOff', message: expect.stringContaining('report-3') },
    ],
    ['it is suspended', cronJobOf({ suspend: true }), [jobOf(1, complete)], [], { state: 'paused' }],
    ['it has not run yet', cronJobOf(), [], [], { state: 'healthy', message: 'It has not run yet.' }],
    [
      'a job runs',
      cronJobOf({ status: { active: [{ name: 'report-3' }] } }),
      [jobOf(3)],
      [],
      { state: 'healthy', message: '1 job runs at present.' },
    ],
  ])('%s', (_, cronJob, jobs, pods, expected) => {
    expect(healthOf(cronJob, pods, jobs)).toMatchObject(expected);
  });
});

describe('scheduleOf', () => {
  it('lists the jobs, newest first, each with how it went', () => {
    const jobs = [jobOf(1, complete), jobOf(3), jobOf(2, failed), jobOf(0, undefined, { suspend: true })];
    const schedule = scheduleOf(cronJobOf({ status: { lastScheduleTime: '2026-03-01T09:03:00Z' } }), jobs);
    expect(schedule).toMatchObject({
      cron: '*/5 * * * *',
      isSuspended: false,
      lastScheduledAt: '2026-03-01T09:03:00Z',
      lastSuccessfulAt: undefined,
    });
    expect(schedule.jobs.map(({ name, state, finishedAt }) => [name, state, finishedAt])).toEqual([
      ['report-3', 'running', undefined],
      ['report-2', 'failed', '2026-03-01T09:02:00Z'],
      ['report-1', 'complete', '2026-03-01T09:01:00Z'],
      ['report-0', 'suspended', undefined],
    ]);
  });
});
