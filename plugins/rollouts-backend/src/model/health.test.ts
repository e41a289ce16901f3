import type { HealthState } from '@leitstand/plugin-rollouts-common';
import { deploymentOf, podOf, waitingPodOf } from '../__testUtils__/kubernetesFixtures';
import { healthOf, isProblem } from './health';

const stalled = {
  type: 'Progressing',
  status: 'False',
  reason: 'ProgressDeadlineExceeded',
  lastTransitionTime: '2026-03-01T09:00:00Z',
};
const refused = {
  ...{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', lastTransitionTime: '2026-03-01T09:10:00Z' },
  message: 'pods "web-7d-x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true (pod …)',
};
const stuck = { status: { replicas: 3, updatedReplicas: 1 }, conditions: [stalled] };

describe('healthOf', () => {
  it.each([
    {
      name: 'everything is available',
      deployment: deploymentOf(),
      pods: [podOf('web-1'), podOf('web-2')],
      expected: { state: 'healthy', message: 'All 2 replicas are available.', since: '2026-03-01T08:00:00Z' },
    },
    {
      name: 'what a rollout has replaced without an interruption',
      deployment: deploymentOf({
        conditions: [
          { type: 'Available', status: 'True', lastTransitionTime: '2026-03-01T08:00:00Z' },
          {
            ...{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
            ...{ lastTransitionTime: '2026-03-01T07:00:00Z', lastUpdateTime: '2026-03-01T09:30:00Z' },
          },
        ],
      }),
      pods: [podOf('web-1'), podOf('web-2')],
      expected: { state: 'healthy', since: '2026-03-01T09:30:00Z' },
    },
    {
      name: 'a rollout that is over its deadline because of an image',
      deployment: deploymentOf(stuck),
      pods: [podOf('web-1'), podOf('web-2'), waitingPodOf('web-3', 'ImagePullBackOff')],
      expected: {
        state: 'failed',
        message:
          'The rollout made no progress for 600 s. The image shop/web:v2 of container web cannot be pulled (pod web-3). 2 of 2 replicas are available.',
        advice:
          'Check that this image and tag exist, and that the cluster may pull them. Or roll back to the revision before.',
        reason: 'ImagePullBackOff',
        since: '2026-03-01T09:00:00Z',
      },
    },
    {
      name: 'a rollout that is over its deadline and nobody knows why',
      deployment: deploymentOf(stuck),
      pods: [],
      expected: { state: 'failed', reason: 'ProgressDeadlineExceeded', advice: expect.stringContaining('roll back') },
    },
    {
      name: 'a stall that the cluster has not looked at since the change',
      deployment: deploymentOf({ ...stuck, status: { ...stuck.status, observedGeneration: 2 } }),
      pods: [],
      expected: { state: 'progressing' },
    },
    {
      name: 'a pod that was evicted and replaced',
      deployment: deploymentOf(),
      pods: [podOf('web-1'), podOf('web-2'), podOf('web-0', { phase: 'Failed', reason: 'Evicted', conditions: [] })],
      expected: { state: 'healthy' },
    },
    {
      name: 'a crash loop while the others serve',
      deployment: deploymentOf({ status: { availableReplicas: 1 } }),
      pods: [podOf('web-1'), waitingPodOf('web-2', 'CrashLoopBackOff')],
      expected: {
        state: 'degraded',
        message: 'Container web crashes again and again (pod web-2). 1 of 2 replicas are available.',
        advice: 'Read the log of its last run.',
        reason: 'CrashLoopBackOff',
      },
    },
    {
      name: 'a crash loop of all',
      deployment: deploymentOf({ status: { availableReplicas: 0 } }),
      pods: [waitingPodOf('web-2', 'CrashLoopBackOff')],
      expected: { state: 'failed', reason: 'CrashLoopBackOff' },
    },
    {
      name: 'a pod that no node has room for',
      deployment: deploymentOf({ status: { availableReplicas: 1 } }),
      pods: [podOf('web-2', { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] })],
      expected: { state: 'degraded', message: expect.stringContaining('No node has room for pod web-2') },
    },
    {
      name: 'one replica',
      deployment: deploymentOf({
        spec: { replicas: 1 },
        status: { replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
      }),
      pods: [podOf('web-1')],
      expected: { state: 'healthy', message: 'Its only replica is available.' },
    },
    {
      name: 'pods that the cluster does not let be made',
      deployment: deploymentOf({ status: { replicas: 1, updatedReplicas: 0 }, conditions: [refused] }),
      pods: [podOf('web-1'), podOf('web-2')],
      expected: {
        state: 'degraded',
        message:
          'The cluster refuses to make its pods: the pod security level restricted:latest does not allow it. 2 of 2 replicas are available.',
        reason: 'FailedCreate',
        since: '2026-03-01T09:10:00Z',
      },
    },
    {
      name: 'the same when its deadline is over',
      deployment: deploymentOf({ ...stuck, conditions: [stalled, refused] }),
      pods: [podOf('web-1'), podOf('web-2')],
      expected: {
        state: 'failed',
        message: expect.stringContaining('The cluster refuses to make its pods: the pod security level'),
      },
    },
    {
      name: 'pods that run but are not ready',
      deployment: deploymentOf({ status: { availableReplicas: 1, readyReplicas: 1 } }),
      pods: [podOf('web-1'), podOf('web-2', { conditions: [] })],
      expected: {
        state: 'degraded',
        message: '1 of 2 replicas are available.',
        advice: expect.stringContaining('probes'),
      },
    },
    {
      name: 'a rollout under way',
      deployment: deploymentOf({ status: { replicas: 3, updatedReplicas: 1 } }),
      pods: [waitingPodOf('web-3', 'ContainerCreating')],
      expected: {
        state: 'progressing',
        message: 'A rollout is under way: 1 of 2 replicas updated, 2 available.',
      },
    },
    {
      name: 'new pods that have started but are not available yet',
      deployment: deploymentOf({
        status: { availableReplicas: 1 },
        conditions: [{ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' }],
      }),
      pods: [],
      expected: { state: 'progressing' },
    },
    {
      name: 'paused',
      deployment: deploymentOf({ spec: { paused: true } }),
      pods: [],
      expected: { state: 'paused', advice: expect.stringContaining('Resume') },
    },
    {
      name: 'scaled to zero',
      deployment: deploymentOf({ spec: { replicas: 0 }, status: { replicas: 0, availableReplicas: 0 } }),
      pods: [],
      expected: { state: 'scaled-to-zero' },
    },
  ])('$name', ({ deployment, pods, expected }) => {
    expect(healthOf(deployment, pods)).toMatchObject(expected);
  });

  it('takes a pod that is being deleted for no trouble', () => {
    const leaving = waitingPodOf('web-3', 'CrashLoopBackOff');
    leaving.metadata.deletionTimestamp = '2026-03-01T09:00:00Z';
    expect(healthOf(deploymentOf(), [leaving]).state).toBe('healthy');
  });

  it.each<[HealthState, boolean]>([
    ['failed', true],
    ['degraded', true],
    ['progressing', false],
    ['paused', false],
    ['scaled-to-zero', false],
    ['healthy', false],
  ])('a person should look at what is %s: %s', (state, expected) => {
    expect(isProblem({ state, message: '' })).toBe(expected);
  });
});
