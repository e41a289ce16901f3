import type { LoggerService } from '@backstage/backend-plugin-api';
import { describeSafely, safeError, type SafeErrorDescription } from '@leitstand/plugin-kit-node';
import { approvalSchema, type OperationErrorCode } from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import { placeOf } from '../database/RunReader';
import type { RunQueue } from '../database/RunQueue';
import { toJson, type RunRow } from '../database/runRow';
import type { RunStore } from '../database/RunStore';
import type { FreezeService } from '../governance/FreezeService';
import type { LedgerStore } from '../ledger/LedgerStore';
import { CancelledByPerson } from './interruption';

/** How many runs that are overdue, and how many that are held, one query takes in. */
const maxStoppedCount = 200;

/** How many held runs one look takes in; the next look goes on behind them. */
const maxHeldCount = 2_000;

/** What the stopper stands on. */
export interface RunStopperOptions {
  database: Knex;
  queue: RunQueue;
  runs: RunStore;
  ledger: LedgerStore;
  freezes: Pick<FreezeService, 'activeFor'>;
  logger: LoggerService;
  /** Takes up a run that no freeze holds any more. */
  goOn(runId: string): Promise<void>;
  /** Told of a run that ended because its time was up. */
  onEnd(row: RunRow, state: 'expired'): Promise<void>;
  /** Told of each change. */
  announce(runId: string): void;
}

/** Looks after the runs that nobody carries out: ends them when somebody cancels or time is up, and lets the frozen go on. */
export class RunStopper {
  readonly #options: RunStopperOptions;
  /** Id of the held run that was looked at last; empty at the beginning of a round. */
  #lastHeld = '';

  constructor(options: RunStopperOptions) {
    this.#options = options;
  }

  /**
   * Ends a run that has not begun to change anything. Any other is asked to stop; whoever carries it out takes back what it
   * did.
   *
   * @returns undefined when it has ended already
   */
  async cancel(id: string, cancelledBy: string): Promise<'ended' | 'stopping' | undefined> {
    const { runs, ledger } = this.#options;
    return runs.transaction(async transaction => {
      if (await hasBegun(transaction, id)) {
        return (await runs.recordCancel(id, cancelledBy, transaction)) ? 'stopping' : undefined;
      }
      const error = describeSafely(new CancelledByPerson(cancelledBy));
      const from = ['awaiting-approval', 'held', 'queued'] as const;
      if (await runs.moveFrom(id, { from, change: { state: 'cancelled', error } }, transaction)) {
        await ledger.append(transaction, { runId: id, event: 'cancelled', document: { by: cancelledBy } });
        return 'ended';
      }
      return (await runs.recordCancel(id, cancelledBy, transaction)) ? 'stopping' : undefined;
    });
  }

  /** One look at those that are held or overdue; any number of processes may look at the same time. */
  async look(): Promise<void> {
    const { queue, freezes, goOn } = this.#options;
    const now = new Date().toISOString();
    for (const row of await queue.listOverdue(now, maxStoppedCount))
      await this.#lookAfter(row, () => this.#expire(row));
    for (let count = 0; count < maxHeldCount; count += maxStoppedCount) {
      const held = await queue.listHeld(this.#lastHeld, maxStoppedCount);
      this.#lastHeld = held.length < maxStoppedCount ? '' : held[held.length - 1].id;
      for (const row of held) {
        await this.#lookAfter(row, async () => {
          const isOverdue = row.expires_at !== null && row.expires_at <= now; // since a moment: the next look ends it
          if (!isOverdue && (await freezes.activeFor(placeOf(row))).length === 0) await goOn(row.id);
        });
      }
      if (this.#lastHeld === '') return;
    }
  }

  /** What goes wrong with one run keeps no other waiting. */
  async #lookAfter({ id }: RunRow, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#options.logger.error(`The run ${id} could not be looked after`, safeError(error));
    }
  }

  /** What a held run had done already is taken back: then it only gets a failure, with which it is taken up. */
  async #expire(row: RunRow): Promise<void> {
    const { database, ledger, announce, onEnd } = this.#options;
    const error = row.state === 'held' ? heldTooLong : notApproved;
    const isEnded = await database.transaction(async transaction => {
      const isToBeTakenBack = await hasBegun(transaction, row.id);
      const count = await transaction<RunRow>('runs')
        .where({ id: row.id, state: row.state, expires_at: row.expires_at })
        .whereNull('lease_owner')
        .whereNull('failure')
        .update({
          ...(isToBeTakenBack ? { failure: JSON.stringify({ ...error, state: 'failed' }) } : expired(row, error)),
          version: transaction.raw('version + 1') as unknown as number,
        });
      if (count !== 1 || isToBeTakenBack) return false;
      await ledger.append(transaction, { runId: row.id, event: 'expired', document: { error } });
      return true;
    });
    announce(row.id);
    if (isEnded) await onEnd(row, 'expired');
  }
}

async function hasBegun(transaction: Knex.Transaction, runId: string): Promise<boolean> {
  return (await transaction('run_steps').where({ run_id: runId }).first('key')) !== undefined;
}

const notApproved: SafeErrorDescription = {
  name: 'ConflictError',
  code: 'APPROVAL_EXPIRED' satisfies OperationErrorCode,
  message: 'Nobody approved the run in time. Make a new plan.',
};

const heldTooLong: SafeErrorDescription = {
  name: 'ConflictError',
  message: 'A freeze held the run until its time was up.',
};

function expired(row: RunRow, error: SafeErrorDescription): Partial<RunRow> {
  const approval = row.state === 'awaiting-approval' && row.approval !== null ? row.approval : undefined;
  return {
    state: 'expired',
    error: toJson(error),
    finished_at: new Date().toISOString(),
    ...(approval !== undefined && {
      approval: JSON.stringify({ ...approvalSchema.parse(JSON.parse(approval)), state: 'expired' }),
    }),
  };
}
