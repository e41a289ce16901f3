import type { AuditorService, LoggerService, PermissionsService } from '@backstage/backend-plugin-api';
import { isFinished, type Plan, type Run } from '@leitstand/plugin-operations-common';
import type { Operation } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { PlanStore } from '../database/PlanStore';
import { RunReader } from '../database/RunReader';
import { rowOfNewRun, RunStore, type NewRun } from '../database/RunStore';
import { FreezeStore } from '../database/FreezeStore';
import { StepStore } from '../database/StepStore';
import { RunExecutor, type RunExecutorOptions } from '../execution/RunExecutor';
import { FreezeService } from '../governance/FreezeService';
import { LedgerStore } from '../ledger/LedgerStore';
import { RunTopics } from '../live/RunTopics';
import { OperationRegistry } from '../services/OperationRegistry';

/** Rounds that a test can wait for, and leases that no stall of the machine outlasts: a test that wants one to end ends it. */
export const quickTiming = { leaseMs: 60_000, heartbeatMs: 100, pollMs: 30, graceMs: 200 };

/** The part of the door that carries runs out, as one process has it; not started. */
export function createEngine(
  database: Knex,
  options: { operations: Operation[] } & Partial<Omit<RunExecutorOptions, 'database'>>,
) {
  const { operations, ...overrides } = options;
  const registry = new OperationRegistry();
  operations.forEach(operation => registry.addOperation(operation));
  const ledger = new LedgerStore(database);
  const freezes = new FreezeService({ store: new FreezeStore(database), ledger });
  const reader = new RunReader({ database, freezes });
  const warnings: string[] = [];
  const errors: string[] = [];
  const logger = silentLogger({ warnings, errors });
  const topics = new RunTopics({ permissions: {} as PermissionsService, reader, logger });
  const runs = new RunStore(database);
  const plans = new PlanStore(database);
  const executor = new RunExecutor({
    ...{ database, registry, plans, runs, ledger, freezes, topics, logger },
    steps: new StepStore(database),
    auditor: silentAuditor,
    secret: ({ secretRef }) => secretRef,
    resumeWithinMs: 600_000,
    timing: quickTiming,
    ...overrides,
  });
  return { executor, freezes, reader, runs, plans, topics, ledger, warnings, errors };
}

function silentLogger({ warnings, errors }: { warnings: string[]; errors: string[] }): LoggerService {
  const ignore = () => {};
  const logger: LoggerService = {
    ...{ info: ignore, debug: ignore },
    error: message => void errors.push(message),
    warn: message => void warnings.push(message),
    child: () => logger,
  };
  return logger;
}

const silentAuditor: AuditorService = {
  createEvent: async () => ({ success: async () => {}, fail: async () => {} }),
};

/** What a test says of the run that it asks for. */
export interface TestRun extends Partial<Omit<NewRun, 'plan'>> {
  operation?: string;
  input?: Record<string, unknown>;
  /** Name of the target; by default each run has its own. */
  target?: string;
}

/** Puts a run into the database as if somebody had asked for it. */
export async function insertRun(database: Knex, options: TestRun = {}): Promise<string> {
  const { operation = 'tallies-count', input = {}, target = randomUUID(), ...rest } = options;
  const now = new Date();
  const plan: Plan = {
    id: randomUUID(),
    ...{ operation, input, title: 'Count', summary: 'Count', entityRef: 'component:default/tally' },
    target: { system: 'tallies', cluster: 'house', kind: 'Tally', name: target },
    ...{ changes: [], documents: [], warnings: [], freezes: [], mayBreakGlass: false },
    undo: { isPossible: false, note: '' },
    requirements: { reason: false, confirmation: false },
    ...{ state: 'used', requester: 'user:default/olga' },
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + 600_000).toISOString(),
  };
  await new PlanStore(database).insert({ plan, confirmedOwners: [], basis: {} });
  const id = rest.id ?? randomUUID();
  const run: NewRun = { id, plan, face: 'portal', reason: undefined, idempotencyKey: id, state: 'queued', ...rest };
  await database('runs').insert(rowOfNewRun(run));
  return id;
}

/** Waits for a state of a run; the end, unless told otherwise. */
export async function reached(
  reader: RunReader,
  id: string,
  isReached: (run: Run) => boolean = run => isFinished(run.state),
): Promise<Run> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const run = await reader.find(id);
    if (run && isReached(run)) return run;
    if (Date.now() > deadline) throw new Error(`The run did not come so far: ${JSON.stringify(run)}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
