import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { codeOf, eventually } from '@leitstand/plugin-kit-node/testUtils';
import { OperationTrial } from '../__testUtils__/OperationTrial';

let homelab: KubernetesHomelab;
let trial: OperationTrial;
beforeEach(async () => {
  homelab = await startKubernetesHomelab({ seed: 'homelab-k3s', podStartMs: 30 });
  trial = new OperationTrial(homelab);
});
afterEach(async () => {
  await trial[Symbol.asyncDispose]();
  await homelab.close();
});

const ingestion = 'CronJob big-data/data-ingestion';
const frontend = 'Deployment microservices/frontend';

function manualJobs() {
  return homelab.objects.list('Job', 'big-data').filter(({ metadata }) => metadata.name.includes('-manual-'));
}

/** Ends the job that was started by hand, as its controller does it. */
async function endJob(type: 'Complete' | 'Failed'): Promise<void> {
  const [job] = await eventually(manualJobs, jobs => jobs.length === 1);
  const now = new Date().toISOString();
  const condition = { type, status: 'True', reason: 'ByTheTest', message: '', lastTransitionTime: now };
  homelab.objects.replace({ ...job, status: { ...job.status, conditions: [condition] } });
}

function podNames(namespace: string, start: string): string[] {
  return homelab.objects
    .list('Pod', namespace)
    .map(({ metadata }) => metadata.name)
    .filter(name => name.startsWith(start));
}

describe('rollouts-run-cron-job', () => {
  it('starts a job and waits until it has ended', async () => {
    const plan = await trial.plan('rollouts-run-cron-job', ingestion);
    expect(manualJobs()).toEqual([]);
    expect(plan.draft).toMatchObject({ summary: 'Run data-ingestion now', undo: { isPossible: false } });
    const running = trial.run('rollouts-run-cron-job', plan);
    await endJob('Complete');
    const run = await running;
    const [job] = manualJobs();
    expect(run).toMatchObject({
      result: `The job ${job.metadata.name} is complete.`,
      output: { job: job.metadata.name },
      confirmations: ['create: not-done, done with output'],
    });
    expect(job.metadata).toMatchObject({
      annotations: {
        'cronjob.kubernetes.io/instantiate': 'manual',
        'kubernetes.io/change-cause': 'started by user:default/olga: because of it (run run-1)',
      },
      ownerReferences: [{ kind: 'CronJob', name: 'data-ingestion', controller: true }],
    });
    expect(job.metadata.managedFields?.some(({ manager }) => manager === 'leitstand')).toBe(true);
  });

  it('deletes the job when the run is stopped', async () => {
    const plan = await trial.plan('rollouts-run-cron-job', ingestion);
    const controller = new AbortController();
    const running = trial.run('rollouts-run-cron-job', plan, { signal: controller.signal });
    // Twice asked for its confirmation, and looked at once.
    await eventually(
      () => homelab.journal.count(({ method, path }) => method === 'GET' && path.includes('-manual-')),
      count => count >= 3,
    );
    controller.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    await eventually(manualJobs, jobs => jobs.length === 0);
  });

  it('fails when the job fails, or goes', async () => {
    const plan = await trial.plan('rollouts-run-cron-job', ingestion);
    const failing = codeOf(trial.run('rollouts-run-cron-job', plan));
    await endJob('Failed');
    expect(await failing).toBe('JOB_FAILED');
    homelab.objects.delete('Job', 'big-data', manualJobs()[0].metadata.name);
    const going = codeOf(trial.run('rollouts-run-cron-job', plan, { runId: 'run-2' }));
    const [job] = await eventually(manualJobs, jobs => jobs.length === 1 && !jobs[0].metadata.deletionTimestamp);
    homelab.objects.delete('Job', 'big-data', job.metadata.name);
    expect(await going).toBe('JOB_FAILED');
  });

  it('is stale when the CronJob was changed', async () => {
    const stale = await trial.plan('rollouts-run-cron-job', ingestion);
    const suspended = await trial.plan('rollouts-suspend-cron-job', ingestion, { suspend: true });
    await trial.run('rollouts-suspend-cron-job', suspended);
    expect(await codeOf(trial.run('rollouts-run-cron-job', stale))).toBe('PLAN_STALE');
    const again = await trial.plan('rollouts-run-cron-job', ingestion);
    expect(again.draft.warnings).toContainEqual({ severity: 'info', message: expect.stringContaining('suspended') });
  });
});

describe('rollouts-suspend-cron-job', () => {
  it('stops the schedule and starts it again', async () => {
    const isSuspended = () => homelab.objects.get('CronJob', 'big-data', 'data-ingestion')!.spec.suspend;
    const plan = await trial.plan('rollouts-suspend-cron-job', ingestion, { suspend: true });
    expect(plan.draft.changes).toEqual([{ label: 'schedule', before: '30 2 * * *', after: 'suspended' }]);
    const run = await trial.run('rollouts-suspend-cron-job', plan);
    expect(run.confirmations).toEqual(['patch: not-done, done with output']);
    expect(isSuspended()).toBe(true);
    const undo = await trial.undoOf('rollouts-suspend-cron-job', plan, run);
    expect(undo.input).toEqual({ suspend: false });
    const back = await trial.plan(undo.operation, ingestion, undo.input);
    expect(back.draft.warnings).toContainEqual({ severity: 'warning', message: expect.stringContaining('missed') });
    await trial.run(undo.operation, back);
    expect(isSuspended()).toBe(false);
    expect(await codeOf(trial.plan('rollouts-suspend-cron-job', ingestion, { suspend: false }))).toBe(
      'NOTHING_TO_CHANGE',
    );
  });
});

describe('rollouts-delete-pod', () => {
  it('deletes a pod, and another takes its place', async () => {
    const [podName] = podNames('microservices', 'frontend-');
    const plan = await trial.plan('rollouts-delete-pod', frontend, { podName });
    expect(podNames('microservices', 'frontend-')).toContain(podName);
    expect(plan.draft).toMatchObject({
      changes: [{ label: `pod ${podName}`, before: 'ready', after: 'deleted' }],
      warnings: [],
      undo: { isPossible: false },
    });
    const run = await trial.run('rollouts-delete-pod', plan);
    expect(run).toMatchObject({ result: `${podName} has ended.`, confirmations: ['delete: not-done, done'] });
    await eventually(
      () => podNames('microservices', 'frontend-'),
      names => names.length === 2 && !names.includes(podName),
    );
    expect(await codeOf(trial.run('rollouts-delete-pod', plan))).toBe('PLAN_STALE');
  });

  it('does not take the next pod of the same name for the one of the plan', async () => {
    const kafka = 'StatefulSet stream/kafka-controller';
    const plan = await trial.plan('rollouts-delete-pod', kafka, { podName: 'kafka-controller-0' });
    const before = homelab.objects.get('Pod', 'stream', 'kafka-controller-0')!.metadata.uid;
    await trial.run('rollouts-delete-pod', plan);
    await eventually(
      () => homelab.objects.get('Pod', 'stream', 'kafka-controller-0')?.metadata.uid,
      uid => uid !== undefined && uid !== before,
    );
    expect(await codeOf(trial.run('rollouts-delete-pod', plan))).toBe('PLAN_STALE');
  });

  it('warns when it is the last one that answers', async () => {
    const [podName] = podNames('microservices', 'database-');
    const plan = await trial.plan('rollouts-delete-pod', 'Deployment microservices/database', { podName });
    expect(plan.draft.warnings).toContainEqual({
      severity: 'warning',
      message: expect.stringContaining('the only ready pod of database'),
    });
  });

  it("refuses somebody else's pod, and says which right is missing", async () => {
    const [podName] = podNames('microservices', 'backend-');
    expect(await codeOf(trial.plan('rollouts-delete-pod', frontend, { podName }))).toBe('POD_NOT_FOUND');
    expect(await codeOf(trial.plan('rollouts-delete-pod', frontend, { podName: 'nobody' }))).toBe('POD_NOT_FOUND');
    await using reading = new OperationTrial(homelab, homelab.tokens.reader);
    const [own] = podNames('microservices', 'frontend-');
    await expect(reading.plan('rollouts-delete-pod', frontend, { podName: own })).rejects.toMatchObject({
      message: expect.stringContaining('the verb "delete" on "pods"'),
    });
  });
});
