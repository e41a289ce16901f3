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

const frontend = 'Deployment microservices/frontend';
const kafka = 'StatefulSet stream/kafka-controller';
const caloguessr = 'Deployment caloguessr/caloguessr';
const daemon = 'DaemonSet monitoring/monitoring-prometheus-node-exporter';

function objectOf(kind: string, namespace: string, name: string) {
  // What a test asks for is on all of them, or the test fails.
  return homelab.objects.get(kind as 'Deployment', namespace, name)!;
}

/** Writes that were not dry runs. */
function writes(): string[] {
  return homelab.journal
    .filter(({ method, query, path }) => method !== 'GET' && !query.dryRun && !path.includes('selfsubject'))
    .map(({ method, path }) => `${method} ${path.split('/').slice(5).join('/')}`);
}

function podsOf(namespace: string, start: string) {
  return homelab.objects
    .list('Pod', namespace)
    .filter(({ metadata }) => metadata.name.startsWith(start))
    .map(({ metadata }) => metadata.uid);
}

describe('rollouts-restart', () => {
  it.each([frontend, kafka, daemon])('replaces all pods of %s', async workload => {
    const [namespace, name] = workload.split(' ')[1].split('/');
    const before = podsOf(namespace, name);
    expect(before.length).toBeGreaterThan(0);
    const plan = await trial.plan('rollouts-restart', workload);
    expect(writes()).toEqual([]);
    expect(plan.draft).toMatchObject({ summary: `Restart ${name}`, undo: { isPossible: false } });
    const run = await trial.run('rollouts-restart', plan);
    expect(run.confirmations).toEqual(['patch: not-done, done with output']);
    expect(run.result).toMatch(new RegExp(`^${name} runs `));
    await eventually(
      () => podsOf(namespace, name).filter(uid => before.includes(uid)),
      left => left.length === 0,
    );
    const { metadata, spec } = objectOf(workload.split(' ')[0], namespace, name);
    expect(metadata.annotations?.['kubernetes.io/change-cause']).toBe(
      'restarted by user:default/olga: because of it (run run-1)',
    );
    expect(spec.template.metadata?.annotations?.['kubectl.kubernetes.io/restartedAt']).toMatch(/^2\d{3}-/);
    expect(trial.get('rollouts-restart').undo).toBeUndefined();
  });

  it('warns of a gap, and refuses what is paused or was changed', async () => {
    const recreated = await trial.plan('rollouts-restart', 'Deployment microservices/database');
    expect(recreated.draft.warnings).toContainEqual({
      severity: 'warning',
      message: 'database does not answer for a while: the strategy Recreate ends all pods first.',
    });
    const stale = await trial.plan('rollouts-restart', frontend);
    await trial.run('rollouts-pause', await trial.plan('rollouts-pause', frontend));
    expect(await codeOf(trial.run('rollouts-restart', stale))).toBe('PLAN_STALE');
    expect(await codeOf(trial.plan('rollouts-restart', frontend))).toBe('ROLLOUT_PAUSED');
    expect(
      trial.get('rollouts-restart').appliesTo({ apiVersion: 'a', kind: 'Component', metadata: { name: 'x' } }),
    ).toBe(false);
  });
});

describe('rollouts-scale', () => {
  it.each([frontend, kafka])('changes the number of %s and takes it back', async workload => {
    const [kind, path] = workload.split(' ');
    const [namespace, name] = path.split('/');
    const replicas = () => objectOf(kind, namespace, name).spec.replicas;
    const was = replicas();
    const plan = await trial.plan('rollouts-scale', workload, { replicas: was + 2 });
    expect(writes()).toEqual([]);
    expect(plan.draft.changes).toEqual([{ label: 'replicas', before: String(was), after: String(was + 2) }]);
    const run = await trial.run('rollouts-scale', plan);
    expect(run).toMatchObject({ result: `${name} has ${was + 2} replicas.`, confirmations: ['scale: not-done, done'] });
    expect(writes()).toEqual([expect.stringMatching(/^PATCH .*\/scale$/)]);
    expect(replicas()).toBe(was + 2);

    const undo = await trial.undoOf('rollouts-scale', plan, run);
    expect(undo).toEqual({ operation: 'rollouts-scale', input: { target: 'workload', replicas: was } });
    await trial.run(undo.operation, await trial.plan(undo.operation, workload, undo.input));
    expect(replicas()).toBe(was);
  });

  it('says which addresses stop answering at 0', async () => {
    const plan = await trial.plan('rollouts-scale', frontend, { replicas: 0 });
    const [warning] = plan.draft.warnings ?? [];
    expect(warning.message).toMatch(
      /^frontend stops: no pod is left\. These stop answering: .*frontend\.microservices\.svc/,
    );
    expect((await trial.run('rollouts-scale', plan)).result).toBe('frontend has 0 replicas.');
    const back = await trial.plan('rollouts-scale', frontend, { replicas: 2 });
    expect((await trial.run('rollouts-scale', back)).result).toBe('frontend has 2 replicas.');
  });

  it('warns of the autoscaler, and changes its bounds instead', async () => {
    const warned = await trial.plan('rollouts-scale', caloguessr, { replicas: 1 });
    expect(warned.draft.warnings).toContainEqual({
      severity: 'warning',
      message: expect.stringContaining('keeps it between 2 and 10 and takes this back'),
    });
    const input = { target: 'autoscaler', maxReplicas: 12 };
    const plan = await trial.plan('rollouts-scale', caloguessr, input);
    expect(plan.draft.changes).toEqual([{ label: 'upper bound of the replicas', before: '10', after: '12' }]);
    expect(writes()).toEqual([]);
    const run = await trial.run('rollouts-scale', plan);
    expect(run).toMatchObject({
      result: 'caloguessr-hpa keeps caloguessr between 2 and 12 replicas.',
      confirmations: ['bounds: not-done, done'],
    });
    const autoscaler = homelab.objects.get('HorizontalPodAutoscaler', 'caloguessr', 'caloguessr-hpa')!;
    expect(autoscaler.spec).toMatchObject({ minReplicas: 2, maxReplicas: 12 });
    expect(autoscaler.metadata.annotations?.['leitstand.io/last-change']).toContain('user:default/olga');
    expect(await codeOf(trial.run('rollouts-scale', plan, { runId: 'run-2' }))).toBe('PLAN_STALE');
    expect(await trial.undoOf('rollouts-scale', plan, run)).toEqual({
      operation: 'rollouts-scale',
      input: { target: 'autoscaler', minReplicas: 2, maxReplicas: 10 },
    });
  });

  it('refuses what makes no sense, and a number that moved', async () => {
    expect(await codeOf(trial.plan('rollouts-scale', frontend, { replicas: 2 }))).toBe('NOTHING_TO_CHANGE');
    expect(await codeOf(trial.plan('rollouts-scale', frontend, { target: 'autoscaler' }))).toBe('AUTOSCALER_NOT_FOUND');
    expect(await codeOf(trial.plan('rollouts-scale', frontend, {}))).toContain('InputError');
    const bounds = { target: 'autoscaler', minReplicas: 20 };
    expect(await codeOf(trial.plan('rollouts-scale', caloguessr, bounds))).toContain('InputError');
    const stale = await trial.plan('rollouts-scale', frontend, { replicas: 1 });
    await trial.run('rollouts-scale', await trial.plan('rollouts-scale', frontend, { replicas: 3 }));
    expect(await codeOf(trial.run('rollouts-scale', stale))).toBe('PLAN_STALE');
  });
});

describe('rollouts-pause and rollouts-resume', () => {
  it('holds back what is changed, and rolls it out afterwards', async () => {
    const paused = await trial.plan('rollouts-pause', frontend);
    const pauseRun = await trial.run('rollouts-pause', paused);
    expect(pauseRun.confirmations).toEqual(['patch: not-done, done with output']);
    const { metadata, spec } = objectOf('Deployment', 'microservices', 'frontend');
    expect(spec.paused).toBe(true);
    expect(metadata.annotations?.['leitstand.io/last-change']).toContain('paused by user:default/olga');
    // The present revision's own cause stays.
    expect(metadata.annotations?.['kubernetes.io/change-cause'] ?? '').not.toContain('paused');
    expect(await codeOf(trial.plan('rollouts-pause', frontend))).toBe('NOTHING_TO_CHANGE');

    const undo = await trial.undoOf('rollouts-pause', paused, pauseRun);
    expect(undo).toEqual({ operation: 'rollouts-resume', input: {} });
    const resumed = await trial.run(undo.operation, await trial.plan(undo.operation, frontend, undo.input));
    expect(resumed.result).toMatch(/^frontend runs revision \d+: 2 of 2 replicas are available\.$/);
    expect(objectOf('Deployment', 'microservices', 'frontend').spec.paused).toBe(false);
    expect(await codeOf(trial.plan('rollouts-resume', frontend))).toBe('NOTHING_TO_CHANGE');
  });
});

describe('rollouts-set-image', () => {
  const repository = 'ghcr.io/timfbr03/cloud-computing-dski/frontend';

  it('rolls an image out and sets it back', async () => {
    const input = { container: 'frontend', image: `${repository}:v1.1.0` };
    const plan = await trial.plan('rollouts-set-image', frontend, input);
    expect(plan.draft).toMatchObject({
      summary: 'Set the image of frontend to v1.1.0',
      changes: [
        { label: 'image of container frontend', before: `${repository}:v1.5.2`, after: `${repository}:v1.1.0` },
      ],
    });
    const run = await trial.run('rollouts-set-image', plan);
    expect(run.confirmations).toEqual(['patch: not-done, done with output']);
    const { metadata, spec } = objectOf('Deployment', 'microservices', 'frontend');
    expect(spec.template.spec.containers[0].image).toBe(input.image);
    expect(metadata.annotations?.['kubernetes.io/change-cause']).toContain(
      `set to ${input.image} by user:default/olga`,
    );
    expect(await trial.undoOf('rollouts-set-image', plan, run)).toEqual({
      operation: 'rollouts-set-image',
      input: { container: 'frontend', image: `${repository}:v1.5.2` },
    });
    expect(await codeOf(trial.plan('rollouts-set-image', frontend, input))).toBe('NOTHING_TO_CHANGE');
  });

  it.each([
    [repository, 'names no tag'],
    [`${repository}:latest`, 'tag latest is moved'],
    ['docker.io/library/nginx:1.27', 'another image than before'],
  ])('warns of %s', async (image, words) => {
    const plan = await trial.plan('rollouts-set-image', frontend, { container: 'frontend', image });
    expect(plan.draft.warnings).toContainEqual({ severity: 'warning', message: expect.stringContaining(words) });
  });

  it('refuses a container that there is not', async () => {
    const input = { container: 'sidecar', image: `${repository}:v1.1.0` };
    await expect(trial.plan('rollouts-set-image', frontend, input)).rejects.toMatchObject({
      code: 'CONTAINER_NOT_FOUND',
      message: 'frontend has no container sidecar; it has: frontend.',
    });
  });
});

describe('a plan for a workload that changes while it is made', () => {
  /** Of a Deployment of microservices, as its controller writes it. */
  const change = (name: string, more: (deployment: ReturnType<typeof objectOf>) => object) => {
    const deployment = objectOf('Deployment', 'microservices', name);
    homelab.objects.replace({ ...deployment, ...more(deployment) });
  };
  const touch = () => change('frontend', ({ status }) => ({ status: { ...status, observedGeneration: 0 } }));

  it.each([
    ['rollouts-pause', {}],
    ['rollouts-scale', { replicas: 4 }],
    ['rollouts-rollback', {}],
  ])('is made anew for what is there then: %s', async (id, input) => {
    trial.afterResolve = touch;
    const { draft } = await trial.plan(id, frontend, input);
    expect(draft.basis).toMatchObject({ uid: objectOf('Deployment', 'microservices', 'frontend').metadata.uid });
    expect(homelab.journal.filter(({ status }) => status === 422)).toHaveLength(1);
    trial.afterResolve = () => change('frontend', ({ spec }) => ({ spec: { ...spec, paused: true } }));
    expect(await codeOf(trial.plan('rollouts-pause', frontend))).toBe('NOTHING_TO_CHANGE');
  });

  it('is refused when it is another thing by then, and when the cluster refuses it although nothing changed', async () => {
    const ref = 'leitstand.io/entity-ref';
    trial.afterResolve = () =>
      change('frontend', ({ metadata }) => ({
        metadata: { ...metadata, annotations: { ...metadata.annotations, [ref]: 'component:default/other' } },
      }));
    expect(await codeOf(trial.plan('rollouts-pause', frontend))).toBe('PLAN_STALE');
    trial.afterResolve = undefined;
    using _refusal = homelab.faults.always({ path: '*', method: 'PATCH' }, { status: 409 });
    expect(await codeOf(trial.plan('rollouts-pause', frontend))).toBe('UPSTREAM_CONFLICT');
  });
});

describe('rights', () => {
  it.each([
    ['rollouts-restart', frontend, {}, 'the verb "patch" on "deployments"'],
    ['rollouts-scale', kafka, { replicas: 4 }, 'the verb "patch" on "statefulsets/scale"'],
    ['rollouts-scale', caloguessr, { target: 'autoscaler', maxReplicas: 11 }, '"patch" on "horizontalpodautoscalers"'],
    ['rollouts-pause', frontend, {}, 'the verb "patch" on "deployments"'],
    ['rollouts-set-image', daemon, { container: 'node-exporter', image: 'x:1' }, 'the verb "patch" on "daemonsets"'],
    ['rollouts-run-cron-job', 'CronJob big-data/data-ingestion', {}, 'the verb "create" on "jobs"'],
    ['rollouts-suspend-cron-job', 'CronJob big-data/data-ingestion', { suspend: true }, '"patch" on "cronjobs"'],
  ])('%s of %s says which one is missing', async (id, workload, input, words) => {
    await using reading = new OperationTrial(homelab, homelab.tokens.reader);
    await expect(reading.plan(id, workload, input)).rejects.toMatchObject({
      code: 'UPSTREAM_FORBIDDEN',
      message: expect.stringContaining(words),
    });
  });
});
