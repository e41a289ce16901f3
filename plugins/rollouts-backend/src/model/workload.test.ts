import { deploymentOf, podOf, type DeploymentFacts } from '../__testUtils__/kubernetesFixtures';
import { eventType, replicaSetType } from './kubernetesObjects';
import { workloadOf, type WorkloadParts } from './workload';

const deployment = deploymentOf({ annotations: { 'deployment.kubernetes.io/revision': '2' } });
const nothingElse: WorkloadParts = {
  cluster: 'k3s',
  workload: deployment,
  replicaSets: [],
  jobs: [],
  pods: [],
  events: [],
  metrics: new Map(),
  network: { services: [], endpointSlices: [], ingresses: [] },
  missing: [],
  freshness: { observedAt: '2026-03-01T10:00:00.000Z', isStale: false },
};

function replicaSetOf(name: string, revision: string | undefined) {
  return replicaSetType.schema.parse({
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: '2026-03-01T08:00:00Z',
      annotations: revision && { 'deployment.kubernetes.io/revision': revision },
    },
    spec: { template: { spec: { containers: [{ name: 'web', image: `shop/web:${name}` }] } } },
  });
}

function eventOf(name: string, times: object) {
  return eventType.schema.parse({
    metadata: { name, namespace: 'shop', uid: `uid-${name}`, creationTimestamp: '2026-03-01T08:00:00Z' },
    involvedObject: { kind: 'Pod', name: 'web-1', uid: 'uid-web-1' },
    reason: name,
    ...times,
  });
}

describe('workloadOf', () => {
  it('lists the history, newest first, without what has no revision', () => {
    const replicaSets = [replicaSetOf('a', '1'), replicaSetOf('none', undefined), replicaSetOf('b', '2')];
    const { revisions } = workloadOf({ ...nothingElse, replicaSets });
    expect(revisions.map(({ replicaSet, isCurrent }) => [replicaSet, isCurrent])).toEqual([
      ['b', true],
      ['a', false],
    ]);
  });

  it('changed last when its rollout ended, or else began', () => {
    const lastChange = (conditions: DeploymentFacts['conditions']) =>
      workloadOf({
        ...nothingElse,
        workload: deploymentOf({ annotations: { 'deployment.kubernetes.io/revision': '2' }, conditions }),
        replicaSets: [replicaSetOf('b', '2')],
      }).lastChangedAt;
    const progressing = { type: 'Progressing', status: 'True', lastUpdateTime: '2026-03-05T10:00:00Z' };
    expect(lastChange([{ ...progressing, reason: 'NewReplicaSetAvailable' }])).toBe('2026-03-05T10:00:00Z');
    expect(lastChange([{ ...progressing, reason: 'ReplicaSetUpdated' }])).toBe('2026-03-01T08:00:00Z');
  });

  it('tells of each pod its revision, restarts and whether it is ending', () => {
    const owned = podOf('web-1', {
      containerStatuses: [{ name: 'web', restartCount: 2 }],
      initContainerStatuses: [{ name: 'init', restartCount: 1 }],
    });
    owned.metadata.ownerReferences = [{ kind: 'ReplicaSet', name: 'b', uid: 'uid-b', controller: true }];
    owned.metadata.deletionTimestamp = '2026-03-01T09:00:00Z';
    const { pods } = workloadOf({
      ...nothingElse,
      replicaSets: [replicaSetOf('b', '2')],
      pods: [owned, podOf('web-0', { phase: 'Failed', reason: 'Evicted', message: 'disk', conditions: [] })],
    });
    expect(pods).toEqual([
      expect.objectContaining({ name: 'web-0', phase: 'Failed', reason: 'Evicted', message: 'disk', isReady: false }),
      expect.objectContaining({ name: 'web-1', revision: 2, restarts: 3, isTerminating: true, isReady: true }),
    ]);
  });

  it('reads the time and count of events in all the ways in which they are written, and keeps the newest fifty', () => {
    const events = [
      eventOf('old', {}),
      eventOf('plain', { count: 3, firstTimestamp: '2026-03-01T08:00:01Z', lastTimestamp: '2026-03-01T08:00:02Z' }),
      eventOf('single', { eventTime: '2026-03-01T08:00:03.000000Z', lastTimestamp: null, count: null }),
      eventOf('series', { series: { count: 7, lastObservedTime: '2026-03-01T08:00:04.000000Z' } }),
    ];
    expect(
      workloadOf({ ...nothingElse, events }).events.map(({ reason, count, object }) => [reason, count, object]),
    ).toEqual([
      ['series', 7, 'Pod/web-1'],
      ['single', 1, 'Pod/web-1'],
      ['plain', 3, 'Pod/web-1'],
      ['old', 1, 'Pod/web-1'],
    ]);
    const many = Array.from({ length: 60 }, (_, index) => eventOf(`e${index}`, {}));
    expect(workloadOf({ ...nothingElse, events: many }).events).toHaveLength(50);
  });
});
