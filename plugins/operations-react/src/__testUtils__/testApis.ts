import { liveApiRef, type LiveApi } from '@leitstand/plugin-kit-react';
import { operationsApiRef, type OperationsApi } from '../api';
import { availableRollback, freezeOf, permissionsOf, planOf, runOf } from '../testUtils';

/** The door as components see it, with answers that a test can change; for tests. */
export function operationsApiOf(overrides: Partial<OperationsApi> = {}): jest.Mocked<OperationsApi> {
  return jest.mocked({
    listAvailable: jest.fn(async () => [availableRollback()]),
    plan: jest.fn(async () => planOf()),
    getPlan: jest.fn(async () => planOf()),
    run: jest.fn(async () => runOf()),
    getRun: jest.fn(async () => runOf()),
    listRuns: jest.fn(async () => ({ items: [runOf()] })),
    exportRuns: jest.fn(async () => new Response('')),
    listApprovals: jest.fn(async () => ({ items: [] })),
    getRunPermissions: jest.fn(async () => permissionsOf()),
    approveRun: jest.fn(async () => runOf()),
    rejectRun: jest.fn(async () => runOf({ state: 'rejected' })),
    breakGlass: jest.fn(async () => runOf()),
    cancelRun: jest.fn(async () => runOf()),
    planUndo: jest.fn(async () => planOf()),
    listFreezes: jest.fn(async () => []),
    createFreeze: jest.fn(async () => freezeOf()),
    endFreeze: jest.fn(async () => freezeOf({ state: 'over' })),
    ...overrides,
  } satisfies OperationsApi as OperationsApi);
}

/** `apis` for `renderInTestApp`; for tests. */
export function testApis(operations: OperationsApi, live: LiveApi) {
  return [[operationsApiRef, operations] as const, [liveApiRef, live] as const] as const;
}
