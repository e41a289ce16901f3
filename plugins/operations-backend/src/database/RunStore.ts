import type { SafeErrorDescription } from '@leitstand/plugin-kit-node';
import {
  isFinished,
  unfinishedRunStates,
  type Approval,
  type Face,
  type Plan,
  type Run,
} from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import { targetKeyOf, toJson, type RunRow, type UnfinishedState } from './runRow';

/** What makes a plan a run. */
export interface NewRun {
  id: string;
  plan: Plan;
  face: Face;
  /** Of the face `template`. */
  taskId?: string;
  reason: string | undefined;
  idempotencyKey: string;
  /** `queued` where nothing stands in its way. */
  state: Exclude<UnfinishedState, 'running'>;
  approval?: Approval;
  breakGlass?: Run['breakGlass'];
  /** When a run that waits or is held ends by itself; ISO 8601. */
  expiresAt?: string;
}

/** What is changed of a run that nobody carries out. Members that are left out stay. */
export interface RunChange {
  state?: Run['state'];
  approval?: Approval;
  breakGlass?: Run['breakGlass'];
  expiresAt?: string;
  error?: SafeErrorDescription;
}

/**
 * The table `runs` for those who do not carry runs out. A run that has ended never changes again: every write names the
 * states from which it may be made, so that one of many callers wins.
 */
export class RunStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** Runs an action in one transaction. */
  transaction<T>(act: (transaction: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#database.transaction(act);
  }

  /**
   * The run that took this one back or is to do so, not one that tried and ended otherwise. In a transaction, nobody else
   * can ask for another until that ends.
   */
  async findUndoer(id: string, transaction?: Knex.Transaction): Promise<Pick<Run, 'id' | 'state'> | undefined> {
    const database = transaction ?? this.#database;
    if (transaction) await transaction<RunRow>('runs').where({ id }).forUpdate().select('id');
    const [undoer] = await database<RunRow>('runs')
      .where({ undoes: id })
      .whereIn('state', [...unfinishedRunStates, 'succeeded'])
      .select('id', 'state');
    return undoer as Pick<Run, 'id' | 'state'> | undefined;
  }

  /**
   * Changes a run that is in one of the given states and that nobody carries out.
   *
   * @returns false when it is in none of them any more, and nothing was changed
   */
  async moveFrom(
    id: string,
    move: { from: readonly UnfinishedState[]; change: RunChange },
    transaction?: Knex.Transaction,
  ): Promise<boolean> {
    const { state, approval, breakGlass, expiresAt, error } = move.change;
    const database = transaction ?? this.#database;
    const count = await database<RunRow>('runs')
      .where({ id })
      .whereIn('state', move.from)
      .whereNull('lease_owner')
      .update({
        ...(state && { state }),
        ...(state && isFinished(state) && { finished_at: new Date().toISOString() }),
        ...(approval && { approval: JSON.stringify(approval) }),
        ...(breakGlass && { break_glass: JSON.stringify(breakGlass) }),
        ...(expiresAt !== undefined && { expires_at: expiresAt }),
        ...(error && { error: JSON.stringify(error) }),
        wake_at: 0,
        version: database.raw('version + 1') as unknown as number,
      });
    return count === 1;
  }

  /** Asks whoever carries the run out, or will, to stop; false when the run has ended already. */
  async recordCancel(id: string, cancelledBy: string, transaction?: Knex.Transaction): Promise<boolean> {
    const database = transaction ?? this.#database;
    const count = await database<RunRow>('runs')
      .where({ id })
      .whereIn('state', ['held', 'queued', 'running'])
      .update({ cancelled_by: cancelledBy, version: database.raw('version + 1') as unknown as number });
    return count === 1;
  }
}

/** The row of a run that begins now. */
export function rowOfNewRun(run: NewRun): RunRow {
  const { title, summary, target, alsoKnownAs, changes, undo } = run.plan;
  const { operation, entityRef, environment, requester, undoes } = run.plan;
  return {
    id: run.id,
    plan_id: run.plan.id,
    operation,
    entity_ref: entityRef,
    requester,
    idempotency_key: run.idempotencyKey,
    reason: run.reason ?? null,
    state: run.state,
    document: JSON.stringify({ title, summary, target, alsoKnownAs, changes, undo }),
    created_at: new Date().toISOString(),
    face: run.face,
    task_id: run.taskId ?? null,
    environment: environment ?? null,
    target_key: targetKeyOf(target),
    approval: toJson(run.approval),
    break_glass: toJson(run.breakGlass),
    expires_at: run.expiresAt ?? null,
    undoes: undoes ?? null,
    ...{ result: null, output: null, error: null, failure: null, cancelled_by: null },
    ...{ started_at: null, finished_at: null, lease_owner: null, lease_until: 0, fence: 0, wake_at: 0, version: 0 },
    interruptions: 0,
  };
}
