import { podOf, waitingPodOf } from '../__testUtils__/kubernetesFixtures';
import { healthOf, isProblem } from './health';
import { daemonSetType, statefulSetType } from './workloadObjects';

const metadata = {
  name: 'db',
  namespace: 'shop',
  uid: 'uid-db',
  creationTimestamp: '2026-03-01T08:00:00Z',
  generation: 3,
};
const template = { spec: { containers: [{ name: 'db', image: 'postgres:17' }] } };

function statefulSetOf(status: object, spec: object = {}) {
  return statefulSetType.schema.parse({
    metadata,
    spec: { replicas: 3, template, ...spec },
    status: {
      observedGeneration: 3,
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
      currentRevision: 'a',
      updateRevision: 'a',
      ...status,
    },
  });
}

function daemonSetOf(status: object, spec: object = {}) {
  return daemonSetType.schema.parse({
    metadata,
    spec: { template, ...spec },
    status: {
      observedGeneration: 3,
      desiredNumberScheduled: 3,
      currentNumberScheduled: 3,
      updatedNumberScheduled: 3,
      numberReady: 3,
      numberAvailable: 3,
      ...status,
    },
  });
}

describe('healthOf a StatefulSet or DaemonSet', () => {
  it.each([
    ['everything is available', statefulSetOf({}), [], { state: 'healthy', message: 'All 3 pods are available.' }],
    [
      'an old server that does not say what is available',
      statefulSetOf({ availableReplicas: undefined }),
      [],
      { state: 'healthy' },
    ],
    [
      'a rollout',
      statefulSetOf({ updateRevision: 'b', updatedReplicas: 1 }),
      [podOf('db-2')],
      {
        state: 'progressing',
        message: 'A rollout is under way: 1 of 3 pods updated, 3 available.',
        since: '2026-03-01T08:00:00Z',
      },
    ],
    [
      'a rollout that a partition keeps from the other pods',
      statefulSetOf(
        { updateRevision: 'b', updatedReplicas: 1 },
        { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
      ),
      [],
      { state: 'healthy' },
    ],
    ['a change that was not seen yet', statefulSetOf({ observedGeneration: 2 }), [], { state: 'progressing' }],
    [
      'changes that wait for somebody to delete pods',
      daemonSetOf({ updatedNumberScheduled: 1 }, { updateStrategy: { type: 'OnDelete' } }),
      [],
      { state: 'healthy', message: expect.stringContaining('OnDelete') },
    ],
    ['a rollout over the nodes', daemonSetOf({ updatedNumberScheduled: 2 }), [], { state: 'progressing' }],
    [
      'one node where it crashes',
      daemonSetOf({ numberAvailable: 2 }),
      [waitingPodOf('db-1', 'CrashLoopBackOff')],
      {
        state: 'degraded',
        message: 'Container web crashes again and again (pod db-1). 2 of 3 pods are available.',
        advice: 'Read the log of its last run.',
      },
    ],
    ['none available, and no pod says why', statefulSetOf({ availableReplicas: 0 }), [], { state: 'failed' }],
    ['some not available', statefulSetOf({ availableReplicas: 2 }), [], { state: 'degraded' }],
    ['nothing wanted', statefulSetOf({ replicas: 0 }, { replicas: 0 }), [], { state: 'scaled-to-zero' }],
    [
      'no node that fits',
      daemonSetOf({ desiredNumberScheduled: 0, numberAvailable: 0 }),
      [],
      { state: 'scaled-to-zero', message: expect.stringContaining('No node is to run it') },
    ],
  ])('%s', (_, workload, pods, expected) => {
    expect(healthOf(workload, pods)).toMatchObject(expected);
  });

  it('is a problem when its rollout has made no pod for ten minutes', () => {
    const health = healthOf(statefulSetOf({ updateRevision: 'b', updatedReplicas: 1 }), [podOf('db-2')]);
    expect(isProblem(health, Date.parse('2026-03-01T08:09:00Z'))).toBe(false);
    expect(isProblem(health, Date.parse('2026-03-01T08:11:00Z'))).toBe(true);
  });
});
