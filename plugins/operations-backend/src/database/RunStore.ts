import { runSchema, type Plan, type Run, type RunList, type RunState } from '@leitstand/plugin-operations-common';
import type { SafeErrorDescription } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import { decodeCursor, encodeCursor } from './cursor';
import { rowsToSteps, type StepRow } from './StepStore';

/** How a run ended. */
export interface RunOutcome {
  state: Exclude<RunState, 'queued' | 'running'>;
  result?: string;
  error?: SafeErrorDescription;
}

/** What `GET /v1/runs` asks for. */
export interface RunFilter {
  entityRef?: string;
  requester?: string;
  state?: RunState;
  cursor?: string;
  limit: number;
}

/** What makes a plan a run. */
export interface NewRun {
  id: string;
  plan: Plan;
  reason: string | undefined;
  idempotencyKey: string;
}

interface RunRow {
  id: string;
  plan_id: string;
  operation: string;
  entity_ref: string;
  requester: string;
  idempotency_key: string;
  reason: string | null;
  state: string;
  document: string;
  result: string | null;
  error: string | null;
  cancelled_by: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

const unfinished: RunState[] = ['queued', 'running'];

/** The table `runs`: the ledger. A finished run never changes again: every write to it asks for an unfinished one. */
export class RunStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** Runs an action in one transaction. */
  transaction<T>(act: (transaction: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#database.transaction(act);
  }

  async insert({ id, plan, reason, idempotencyKey }: NewRun, transaction: Knex.Transaction): Promise<Run> {
    const { title, summary, target, environment, changes, operation, entityRef, requester } = plan;
    const document = { title, summary, target, environment, changes };
    const createdAt = new Date().toISOString();
    await transaction<RunRow>('runs').insert({
      id,
      plan_id: plan.id,
      operation,
      entity_ref: entityRef,
      requester,
      idempotency_key: idempotencyKey,
      reason: reason ?? null,
      state: 'queued',
      document: JSON.stringify(document),
      created_at: createdAt,
    });
    const common = { id, planId: plan.id, operation, entityRef, requester, reason, createdAt };
    return { ...document, ...common, state: 'queued', steps: [] };
  }

  async find(id: string): Promise<Run | undefined> {
    const row = await this.#database<RunRow>('runs').where({ id }).first();
    return row && (await this.#withSteps([row]))[0];
  }

  async findByIdempotencyKey(requester: string, idempotencyKey: string): Promise<Run | undefined> {
    const row = await this.#database<RunRow>('runs').where({ requester, idempotency_key: idempotencyKey }).first();
    return row && (await this.#withSteps([row]))[0];
  }

  /**
   * One page, newest first.
   *
   * @throws InputError when the cursor is not one of ours
   */
  async list(filter: RunFilter): Promise<RunList> {
    const { entityRef, requester, state, cursor, limit } = filter;
    const query = this.#database<RunRow>('runs').orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ]);
    if (entityRef !== undefined) query.where({ entity_ref: entityRef });
    if (requester !== undefined) query.where({ requester });
    if (state !== undefined) query.where({ state });
    if (cursor !== undefined) {
      const { createdAt, id } = decodeCursor(cursor);
      query.where('created_at', '<=', createdAt);
      query.where(other => {
        void other.whereNot({ created_at: createdAt }).orWhere('id', '<', id);
      });
    }
    const rows = await query.limit(limit + 1);
    const items = await this.#withSteps(rows.slice(0, limit));
    const last = items.at(-1);
    return { items, ...(rows.length > limit && last ? { nextCursor: encodeCursor(last) } : {}) };
  }

  /** Runs that no process has ended, oldest first. */
  async listUnfinished(): Promise<Run[]> {
    const rows = await this.#database<RunRow>('runs').whereIn('state', unfinished).orderBy('created_at');
    return this.#withSteps(rows);
  }

  async markRunning(id: string): Promise<void> {
    await this.#database<RunRow>('runs')
      .where({ id, state: 'queued' })
      .update({ state: 'running', started_at: new Date().toISOString() });
  }

  /** False when the run has ended already. */
  async recordCancel(id: string, cancelledBy: string): Promise<boolean> {
    const count = await this.#database<RunRow>('runs')
      .where({ id })
      .whereIn('state', unfinished)
      .update({ cancelled_by: cancelledBy });
    return count === 1;
  }

  /** False when the run has ended already; the first outcome stands. */
  async finish(id: string, outcome: RunOutcome): Promise<boolean> {
    const count = await this.#database<RunRow>('runs')
      .where({ id })
      .whereIn('state', unfinished)
      .update({
        state: outcome.state,
        result: outcome.result ?? null,
        error: outcome.error ? JSON.stringify(outcome.error) : null,
        finished_at: new Date().toISOString(),
      });
    return count === 1;
  }

  async #withSteps(rows: RunRow[]): Promise<Run[]> {
    const ids = rows.map(({ id }) => id);
    const stepRows = await this.#database<StepRow>('run_steps').whereIn('run_id', ids).orderBy('position');
    return rows.map(row => fromRow(row, rowsToSteps(stepRows.filter(step => step.run_id === row.id))));
  }
}

function fromRow(row: RunRow, steps: Run['steps']): Run {
  return runSchema.parse({
    ...(JSON.parse(row.document) as object),
    id: row.id,
    planId: row.plan_id,
    operation: row.operation,
    entityRef: row.entity_ref,
    requester: row.requester,
    reason: row.reason ?? undefined,
    state: row.state,
    steps,
    result: row.result ?? undefined,
    error: row.error === null ? undefined : (JSON.parse(row.error) as unknown),
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
  });
}
