import type { Entity } from '@backstage/catalog-model';
import type { AvailableOperation } from '@leitstand/plugin-operations-common';
import type {
  Pod,
  PodContainer,
  Revision,
  Workload,
  WorkloadList,
  WorkloadSummary,
} from '@leitstand/plugin-rollouts-common';

/** A pod that runs; for tests. */
export function podOf(overrides: Partial<Pod> = {}): Pod {
  return {
    name: 'backend-7c9f-abcde',
    revision: 3,
    phase: 'Running',
    isReady: true,
    isTerminating: false,
    restarts: 0,
    node: 'node-1',
    createdAt: '2026-03-01T07:00:00Z',
    containers: [containerOf({ restarts: overrides.restarts ?? 0, isReady: overrides.isReady ?? true })],
    ...overrides,
  };
}

/** A container that runs; for tests. */
export function containerOf(overrides: Partial<PodContainer> = {}): PodContainer {
  return {
    name: 'backend',
    image: 'registry.local/shop/backend:1.4.2',
    isReady: true,
    restarts: 0,
    state: 'running',
    ...overrides,
  };
}

/** A present revision; for tests. */
export function revisionOf(overrides: Partial<Revision> = {}): Revision {
  return {
    revision: 4,
    replicaSet: 'backend-9d8e',
    isCurrent: true,
    createdAt: '2026-03-01T07:50:00Z',
    images: [{ container: 'backend', image: 'registry.local/shop/backend:1.5.0' }],
    replicas: 1,
    readyReplicas: 0,
    ...overrides,
  };
}

/** A Deployment whose newest revision names an image that does not exist; for tests. */
export function workloadOf(overrides: Partial<Workload> = {}): Workload {
  return {
    cluster: 'homelab-k3s',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'backend',
    uid: '0c1c9c1e-0001',
    createdAt: '2026-01-01T00:00:00Z',
    health: {
      state: 'failed',
      message: '1 of 3 pods cannot pull registry.local/shop/backend:1.5.0.',
      advice: 'Check that the image exists, or roll back to revision 3.',
      reason: 'ImagePullBackOff',
      since: '2026-03-01T07:50:00Z',
    },
    strategy: 'RollingUpdate',
    isPaused: false,
    replicas: { desired: 3, current: 4, updated: 1, ready: 3, available: 3 },
    images: [{ container: 'backend', image: 'registry.local/shop/backend:1.5.0' }],
    resources: [],
    revisions: [
      revisionOf(),
      revisionOf({
        revision: 3,
        replicaSet: 'backend-7c9f',
        isCurrent: false,
        createdAt: '2026-02-20T10:00:00Z',
        changeCause: 'Release 1.4.2',
        images: [{ container: 'backend', image: 'registry.local/shop/backend:1.4.2' }],
        replicas: 3,
        readyReplicas: 3,
      }),
    ],
    pods: [
      podOf(),
      podOf({ name: 'backend-7c9f-fghij', node: 'node-2' }),
      podOf({
        name: 'backend-9d8e-klmno',
        revision: 4,
        phase: 'Pending',
        isReady: false,
        reason: 'ImagePullBackOff',
        message: 'Back-off pulling image "registry.local/shop/backend:1.5.0"',
        createdAt: '2026-03-01T07:50:01Z',
      }),
    ],
    podCount: overrides.pods?.length ?? 3,
    events: [
      {
        type: 'Warning',
        reason: 'Failed',
        message: 'Failed to pull image "registry.local/shop/backend:1.5.0": not found',
        object: 'Pod/backend-9d8e-klmno',
        count: 7,
        lastSeen: '2026-03-01T07:59:00Z',
      },
    ],
    addresses: [],
    missing: [],
    freshness: { observedAt: '2026-03-01T08:00:00Z', isStale: false },
    ...overrides,
  };
}

/** An operation that the person may run; for tests. */
export function availableOf(operation: string, overrides: Partial<AvailableOperation> = {}): AvailableOperation {
  return { operation, title: operation, description: '', isAvailable: true, ...overrides };
}

/** A row of the list of workloads; for tests. */
export function summaryOf(overrides: Partial<WorkloadSummary> = {}): WorkloadSummary {
  const { cluster, namespace, kind, name, health, images } = workloadOf();
  return {
    cluster,
    namespace,
    kind,
    name,
    health,
    images,
    entityRef: 'component:default/backend',
    replicas: { desired: 3, ready: 2 },
    restarts: 0,
    ...overrides,
  };
}

/** A list of what is broken; for tests. */
export function workloadListOf(overrides: Partial<WorkloadList> = {}): WorkloadList {
  return {
    items: [summaryOf()],
    totalCount: 1,
    healthCounts: { failed: 1 },
    namespaces: ['shop'],
    clusters: [{ cluster: 'homelab-k3s', observedAt: '2026-03-01T08:00:00Z', isStale: false }],
    notRead: [],
    ...overrides,
  };
}

/** The entity of {@link workloadOf}; for tests. */
export function entityOf(overrides: Partial<Entity['metadata']> = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'backend',
      namespace: 'default',
      annotations: {
        'backstage.io/kubernetes-cluster': 'homelab-k3s',
        'backstage.io/kubernetes-namespace': 'shop',
        'backstage.io/kubernetes-id': 'backend',
      },
      ...overrides,
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'group:default/shop' },
  };
}
