import type { AvailableOperation, Plan, Run } from '@leitstand/plugin-operations-common';

/** A rollback's plan as the door answers it; for tests. */
export function planOf(overrides: Partial<Plan> = {}): Plan {
  return {
    id: '5b4a3b1e-8c5c-4f0e-9a55-0b1f6a3f6a01',
    operation: 'rollouts-rollback',
    title: 'Roll back',
    summary: 'Roll back backend from revision 4 to revision 3',
    entityRef: 'component:default/backend',
    target: { system: 'homelab-k3s', cluster: 'homelab-k3s', namespace: 'shop', kind: 'Deployment', name: 'backend' },
    environment: 'production',
    input: { toRevision: 3 },
    changes: [
      {
        label: 'image of container backend',
        before: 'registry.local/backend:1.5.0',
        after: 'registry.local/backend:1.4.2',
      },
    ],
    documents: [
      { title: 'Pod template', language: 'yaml', before: 'image: backend:1.5.0\n', after: 'image: backend:1.4.2\n' },
    ],
    warnings: [{ severity: 'warning', message: 'Argo CD manages this Deployment and will revert the change.' }],
    undo: { isPossible: true, note: 'Roll back to revision 4.' },
    requirements: { reason: true, confirmation: true },
    state: 'open',
    requester: 'user:default/olivia',
    createdAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
    ...overrides,
  };
}

/** A run of {@link planOf}; for tests. */
export function runOf(overrides: Partial<Run> = {}): Run {
  const plan = planOf();
  return {
    id: '9c1d5c26-3b5f-4c43-8c4b-3df5a8d7f002',
    planId: plan.id,
    operation: plan.operation,
    title: plan.title,
    summary: plan.summary,
    entityRef: plan.entityRef,
    target: plan.target,
    environment: plan.environment,
    requester: plan.requester,
    reason: 'The image does not exist',
    changes: plan.changes,
    state: 'running',
    steps: [
      { key: 'patch', title: 'Patch the Deployment', state: 'done' },
      { key: 'follow', title: 'Follow the rollout', state: 'started', progress: '1 of 2 new replicas are available' },
    ],
    createdAt: '2026-03-01T08:00:00.000Z',
    startedAt: '2026-03-01T08:00:01.000Z',
    ...overrides,
  };
}

/** What the door says of the rollback of {@link planOf}; for tests. */
export function availableRollback(overrides: Partial<AvailableOperation> = {}): AvailableOperation {
  return {
    operation: 'rollouts-rollback',
    title: 'Roll back',
    description: 'Goes back to an earlier revision.',
    isAvailable: true,
    ...overrides,
  };
}
