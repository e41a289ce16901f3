// The commands that people know, with no special flags.
import type { V1CronJob, V1Deployment, V1Job, V1PodList } from '@kubernetes/client-node';
import { deployment, images, until } from './deployments';
import { hasKubectl, openKubectl, type Kubectl } from './kubectl';
import { openTarget, type Target } from './target';

const name = 'commands';
const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', ...deployment(name, images.first) };
const cronJob: V1CronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly' },
  spec: {
    schedule: '0 3 * * *',
    jobTemplate: {
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [
              { name: 'work', image: images.first, command: ['/pause'], env: [{ name: 'MODE', value: 'full' }] },
            ],
          },
        },
      },
    },
  },
};

// Where it is missing the report says that these were skipped.
(hasKubectl() ? describe : describe.skip)('kubectl', () => {
  let target: Target;
  let kubectl: Kubectl;
  const file = `deployment/${name}`;
  const reached = (ask: () => boolean | Promise<boolean>) => until(target, async () => ask(), Boolean);
  const read = () => kubectl.json<V1Deployment>('get', 'deployment', name);
  const imageOf = async () => (await read()).spec?.template.spec?.containers[0].image;

  beforeAll(async () => {
    target = await openTarget();
    kubectl = await openKubectl(await target.kubeconfig());
  });

  afterAll(async () => {
    await kubectl[Symbol.asyncDispose]();
    await target[Symbol.asyncDispose]();
  });

  it('apply creates, leaves alone and configures', async () => {
    expect(await kubectl('apply', '-f', await kubectl.manifest(manifest))).toBe(`deployment.apps/${name} created\n`);
    expect(await kubectl('apply', '-f', await kubectl.manifest(manifest))).toBe(`deployment.apps/${name} unchanged\n`);
    const labelled = { ...manifest, metadata: { ...manifest.metadata, labels: { team: 'blue' } } };
    expect(await kubectl('apply', '-f', await kubectl.manifest(labelled))).toBe(`deployment.apps/${name} configured\n`);
    expect((await read()).metadata?.labels).toEqual({ team: 'blue' });
  });

  it('rollout status waits until a rollout is done', async () => {
    expect(await kubectl('rollout', 'status', file)).toContain(`deployment "${name}" successfully rolled out\n`);
    expect((await read()).status).toMatchObject({ replicas: 2, availableReplicas: 2 });
  });

  it('get prints the columns of the kind, YAML, and changes as they come', async () => {
    const table = await kubectl('get', 'deployments');
    expect(table.split('\n')[0].split(/\s+/).filter(Boolean)).toEqual([
      'NAME',
      'READY',
      'UP-TO-DATE',
      'AVAILABLE',
      'AGE',
    ]);
    expect(table).toMatch(new RegExp(`^${name} +2/2 +2 +2 +\\d+s$`, 'm'));
    expect(await kubectl('get', 'pods')).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\n.*1\/1 +Running +0 /);
    expect(await kubectl('get', file, '-o', 'yaml')).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\nmetadata:\n/);
    const watched = kubectl.start('get', 'deployments', '-w');
    await reached(() => watched.output.includes('2/2'));
    await kubectl('scale', file, '--replicas=3');
    await reached(() => watched.output.includes('3/3'));
    watched.stop();
    await watched.ended;
  });

  it('set image, undo and restart go forward one revision each', async () => {
    await kubectl('set', 'image', file, `${manifest.spec?.template.spec?.containers[0].name}=${images.second}`);
    await kubectl('rollout', 'status', file);
    expect(await imageOf()).toBe(images.second);
    await kubectl('rollout', 'undo', file);
    await kubectl('rollout', 'status', file);
    expect(await imageOf()).toBe(images.first);
    await kubectl('rollout', 'restart', file);
    await kubectl('rollout', 'status', file);
    const history = await kubectl('rollout', 'history', file);
    expect([...history.matchAll(/^(\d+) /gm)].map(match => match[1])).toEqual(['2', '3', '4']);
    const { template } = (await read()).spec ?? {};
    expect(template?.metadata?.annotations).toHaveProperty(['kubectl.kubernetes.io/restartedAt']);
  });

  it('pause holds a rollout back until resume', async () => {
    await kubectl('rollout', 'pause', file);
    const before = (await read()).metadata?.annotations?.['deployment.kubernetes.io/revision'];
    await kubectl('set', 'image', file, `*=${images.second}`);
    expect((await read()).metadata?.annotations?.['deployment.kubernetes.io/revision']).toBe(before);
    await expect(kubectl('rollout', 'undo', file)).rejects.toThrow(/cannot rollback a paused deployment/);
    await kubectl('rollout', 'resume', file);
    await kubectl('rollout', 'status', file);
    expect(await imageOf()).toBe(images.second);
  });

  it('apply --server-side owns fields, and takes over those of others only when forced', async () => {
    const replicas = (count: number) => ({ ...manifest, spec: { ...manifest.spec, replicas: count } });
    const apply = async (count: number, ...flags: string[]) =>
      kubectl('apply', '--server-side', ...flags, '-f', await kubectl.manifest(replicas(count)));
    await expect(apply(1)).rejects.toThrow(/Apply failed with \d+ conflict/);
    expect(await apply(1, '--force-conflicts')).toBe(`deployment.apps/${name} serverside-applied\n`);
    expect((await read()).spec?.replicas).toBe(1);
  });

  it('logs reads, and follows until the container is gone', async () => {
    await kubectl('rollout', 'status', file);
    await reached(async () => (await kubectl.json<V1PodList>('get', 'pods')).items.length === 1);
    const [pod] = (await kubectl.json<V1PodList>('get', 'pods')).items;
    const podName = pod.metadata?.name ?? '';
    const all = await kubectl('logs', podName);
    expect(await kubectl('logs', podName, '--tail=1')).toBe(all && `${all.trimEnd().split('\n').at(-1)}\n`);
    const followed = kubectl.start('logs', '-f', podName, '-v=6');
    // The container may have written nothing: only the client itself can say that it follows.
    await reached(() => /\/log\?.*200 OK/.test(followed.messages) && followed.output.length >= all.length);
    await kubectl('delete', 'pod', podName);
    expect(await followed.ended).toBe(0);
    expect(followed.output.startsWith(all)).toBe(true);
    await expect(kubectl('logs', podName)).rejects.toThrow(/not found/);
  });

  it('create job --from makes the job of a cron job', async () => {
    await kubectl('apply', '-f', await kubectl.manifest(cronJob));
    expect(await kubectl('create', 'job', 'once', '--from=cronjob/nightly')).toBe('job.batch/once created\n');
    const job = await kubectl.json<V1Job>('get', 'job', 'once');
    expect(job.metadata?.annotations).toEqual({ 'cronjob.kubernetes.io/instantiate': 'manual' });
    expect(job.metadata?.ownerReferences).toMatchObject([{ kind: 'CronJob', name: 'nightly', controller: true }]);
    const [container] = job.spec?.template.spec?.containers ?? [];
    expect(container).toMatchObject(cronJob.spec?.jobTemplate.spec?.template.spec?.containers[0] ?? {});
    await reached(async () => (await kubectl.json<V1Job>('get', 'job', 'once')).status?.active === 1);
  });

  it('delete takes with it what belongs to the object', async () => {
    await kubectl('delete', 'cronjob', 'nightly');
    expect(await kubectl('delete', file)).toBe(`deployment.apps "${name}" deleted\n`);
    await reached(async () => (await kubectl.json<V1PodList>('get', 'pods,jobs,replicasets')).items.length === 0);
  });
});
