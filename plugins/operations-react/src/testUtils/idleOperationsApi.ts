import type { OperationsApi } from '../api';

const never = () => new Promise<never>(() => {});

/** A door at which nothing happens: lists are empty, all else never answers; for tests. */
export function idleOperationsApi(overrides: Partial<OperationsApi> = {}): OperationsApi {
  return {
    listAvailable: async () => [],
    listRuns: async () => ({ items: [] }),
    listFreezes: async () => [],
    listApprovals: async () => ({ items: [] }),
    ...{ plan: never, getPlan: never, planUndo: never, run: never, getRun: never, getRunPermissions: never },
    ...{ approveRun: never, rejectRun: never, breakGlass: never, cancelRun: never, exportRuns: never },
    ...{ createFreeze: never, endFreeze: never },
    ...overrides,
  };
}
