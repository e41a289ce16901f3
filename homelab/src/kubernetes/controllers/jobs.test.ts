import { startManualCluster, template } from '../__testUtils__/manualCluster';
import { outcomeOf } from './JobController';

const behaviours = {
  'work:1': { starts: ['working'], exit: { code: 0, afterMs: 5_000 } },
  'crash:1': { starts: ['trying'], exit: { code: 1, afterMs: 1_000 } },
};
const minuteMs = 60_000;

function start() {
  const cluster = startManualCluster({ behaviours });
  const run = (image: string, spec: object = {}, restartPolicy = 'Never') =>
    cluster.create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'job' },
      spec: { template: template(image, { restartPolicy }), ...spec },
    });
  const schedule = (spec: object = {}) =>
    cluster.create({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'cron' },
      spec: {
        schedule: '*/10 * * * *',
        jobTemplate: { spec: { template: template('work:1', { restartPolicy: 'Never' }) } },
        ...spec,
      },
    });
  const job = () => cluster.get('Job', 'job');
  const names = () => cluster.list('Job').map(({ metadata }) => metadata.name);
  return { ...cluster, run, schedule, job, names };
}

describe('a Job', () => {
  it('runs as many pods at a time as it may until enough have succeeded', () => {
    const { run, clock, job, list, events } = start();
    run('work:1', { completions: 3, parallelism: 2 });
    clock.advance(2_000);
    expect(job().status).toMatchObject({ active: 2, ready: 2 });
    expect(list('Pod')[0].metadata.labels).toMatchObject({ 'job-name': 'job', app: 'app' });
    clock.advance(20_000);
    expect(job().status).toMatchObject({ succeeded: 3, ready: 0 });
    expect(job().status?.conditions?.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
      'SuccessCriteriaMet CompletionsReached',
      'Complete CompletionsReached',
    ]);
    expect(job().status?.completionTime).toBeDefined();
    expect(list('Pod').map(pod => pod.status.phase)).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
    expect(events('job')).toContain('Completed: Job completed');
  });

  it('fails after its back-off limit, waiting longer each time', () => {
    const { run, clock, job, list } = start();
    run('crash:1', { backoffLimit: 2 });
    clock.advance(10_000);
    expect(list('Pod')).toHaveLength(1);
    clock.advance(5 * minuteMs);
    expect(list('Pod')).toHaveLength(3);
    expect(outcomeOf(job())).toBe('Failed');
    expect(job().status?.conditions?.at(-1)).toMatchObject({ reason: 'BackoffLimitExceeded' });
  });

  it('counts the restarts of a container that it lets come back', () => {
    const { run, clock, job } = start();
    run('crash:1', { backoffLimit: 2 }, 'OnFailure');
    clock.advance(5 * minuteMs);
    expect(outcomeOf(job())).toBe('Failed');
  });

  it('has a deadline, can be suspended, and goes when its time is over', () => {
    const { run, clock, job, list, update } = start();
    run('work:1', { suspend: true, activeDeadlineSeconds: 3, ttlSecondsAfterFinished: 60 });
    clock.advance(minuteMs);
    expect(list('Pod')).toEqual([]);
    update('Job', 'job', object => {
      object.spec.suspend = false;
    });
    clock.advance(10_000);
    expect(job().status?.conditions?.at(-1)).toMatchObject({ type: 'Failed', reason: 'DeadlineExceeded' });
    clock.advance(2 * minuteMs);
    expect([list('Job'), list('Pod')]).toEqual([[], []]);
  });

  it('does not let its template change', () => {
    const { run, update } = start();
    run('work:1');
    const change = () =>
      update('Job', 'job', object => {
        object.spec.template.spec.containers[0].image = 'other:1';
      });
    expect(change).toThrow('field is immutable');
  });
});

describe('a CronJob', () => {
  it('makes a Job at each due time, keeps the last ones and says when it last succeeded', () => {
    const { schedule, clock, get, names, events, list } = start();
    schedule();
    clock.advance(9 * minuteMs);
    expect(names()).toEqual([]);
    clock.advance(minuteMs + 1_000);
    const due = Date.UTC(2026, 0, 1, 0, 10);
    expect(names()).toEqual([`cron-${due / minuteMs}`]);
    expect(get('CronJob', 'cron').status).toMatchObject({
      lastScheduleTime: '2026-01-01T00:10:00Z',
      active: [{ kind: 'Job', name: `cron-${due / minuteMs}` }],
    });
    clock.advance(50.5 * minuteMs);
    expect(names()).toHaveLength(3);
    expect(list('Pod')).toHaveLength(3);
    expect(get('CronJob', 'cron').status).toMatchObject({
      lastScheduleTime: '2026-01-01T01:00:00Z',
      lastSuccessfulTime: expect.stringMatching(/^2026-01-01T01:00:/),
    });
    expect(events('cron')).toContain(`SawCompletedJob: Saw completed job: cron-${due / minuteMs}, condition: Complete`);
  });

  it('keeps to its time zone, its suspension and what it says about overlap', () => {
    const { schedule, clock, names, update } = start();
    const template1 = template('registry.k8s.io/pause:3.9', { restartPolicy: 'Never' });
    const jobTemplate = { spec: { template: template1 } };
    schedule({ schedule: '30 3 * * *', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid', jobTemplate });
    clock.advance(2.5 * 60 * minuteMs + 1_000);
    expect(names()).toEqual([`cron-${Date.UTC(2026, 0, 1, 2, 30) / minuteMs}`]);
    clock.advance(24 * 60 * minuteMs);
    expect(names()).toHaveLength(1);
    update('CronJob', 'cron', object => {
      object.spec.concurrencyPolicy = 'Replace';
    });
    clock.advance(1_000);
    expect(names()).toEqual([`cron-${Date.UTC(2026, 0, 2, 2, 30) / minuteMs}`]);
    update('CronJob', 'cron', object => {
      object.spec.suspend = true;
    });
    clock.advance(3 * 24 * 60 * minuteMs);
    expect(names()).toHaveLength(1);
  });

  it.each(['61 * * * *', '* * * *', '* * * * * *', 'often'])('refuses the schedule %s', text => {
    expect(() => start().schedule({ schedule: text })).toThrow('spec.schedule');
  });
});
