import { deploymentOf } from '../__testUtils__/kubernetesFixtures';
import { rolloutStatusOf, stalledSince } from './rolloutStatus';

const stalled = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', lastUpdateTime: 'then' };

const refused = {
  ...{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' },
  message: 'pods "web-7d-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=4, limited: pods=4',
};

describe('rolloutStatusOf', () => {
  it.each([
    [{}, { state: 'done', message: '2 of 2 replicas are available' }],
    [
      { status: { observedGeneration: 2 } },
      { state: 'waiting', message: 'The cluster has not taken up the change yet' },
    ],
    [{ conditions: [stalled] }, { state: 'failed', message: 'web made no progress within its deadline' }],
    [{ status: { updatedReplicas: 1 } }, { state: 'waiting', message: '1 of 2 new replicas are started' }],
    [
      { status: { updatedReplicas: 1 }, conditions: [refused] },
      {
        state: 'waiting',
        message: '1 of 2 new replicas are started; the cluster refuses to make pods: the quota small is used up',
      },
    ],
    [{ status: { replicas: 3 } }, { state: 'waiting', message: '1 old replica is ending' }],
    [{ status: { availableReplicas: 1 } }, { state: 'waiting', message: '1 of 2 new replicas are available' }],
  ])('%j is %j', (facts, expected) => {
    expect(rolloutStatusOf(deploymentOf(facts))).toEqual(expected);
  });

  it('does not take the stall of the rollout before for its own', () => {
    const before = deploymentOf({ conditions: [stalled], status: { updatedReplicas: 1 } });
    expect(rolloutStatusOf(before, stalledSince(before)).state).toBe('waiting');
    const again = deploymentOf({ conditions: [{ ...stalled, lastUpdateTime: 'now' }] });
    expect(rolloutStatusOf(again, stalledSince(before)).state).toBe('failed');
  });
});
