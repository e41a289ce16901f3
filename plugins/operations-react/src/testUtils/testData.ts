import type {
  Approval,
  AvailableOperation,
  Freeze,
  Plan,
  Run,
  RunPermissions,
} from '@leitstand/plugin-operations-common';

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
    freezes: [],
    mayBreakGlass: false,
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
    face: 'portal',
    reason: 'The image does not exist',
    changes: plan.changes,
    state: 'running',
    steps: [
      { key: 'patch', title: 'Patch the Deployment', kind: 'apply', state: 'done' },
      {
        key: 'follow',
        title: 'Follow the rollout',
        kind: 'apply',
        state: 'started',
        progress: '1 of 2 new replicas are available',
      },
    ],
    heldBy: [],
    undo: plan.undo,
    createdAt: '2026-03-01T08:00:00.000Z',
    startedAt: '2026-03-01T08:00:01.000Z',
    ...overrides,
  };
}

/** A freeze of production until far in the future; for tests. */
export function freezeOf(overrides: Partial<Freeze> = {}): Freeze {
  return {
    id: '2f0d6f6e-0c55-4d6b-8a34-9b8a5f1b7001',
    scope: { environment: 'production' },
    reason: 'Black Friday',
    startsAt: '2026-03-01T07:00:00.000Z',
    endsAt: '2099-03-02T07:00:00.000Z',
    createdBy: 'user:default/ada',
    createdAt: '2026-02-28T07:00:00.000Z',
    state: 'active',
    ...overrides,
  };
}

/** An approval that is waited for; for tests. */
export function approvalOf(overrides: Partial<Approval> = {}): Approval {
  return {
    kind: 'approval',
    state: 'waiting',
    approvers: ['group:default/platform-team'],
    expiresAt: '2099-03-01T12:00:00.000Z',
    ...overrides,
  };
}

/** What a person may do with a run; by default stop it and take it back. For tests. */
export function permissionsOf(overrides: Partial<RunPermissions> = {}): RunPermissions {
  return {
    approve: { isAllowed: false, refusal: 'You asked for it yourself.' },
    cancel: { isAllowed: true },
    undo: { isAllowed: true },
    breakGlass: { isAllowed: false },
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
