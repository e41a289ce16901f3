import type { Knex } from 'knex';
import type { PlanStore } from '../database/PlanStore';
import type { RunRow } from '../database/runRow';
import type { LedgerStore } from './LedgerStore';

const dayMs = 24 * 3_600_000;

/** What the retention stands on. */
export interface LedgerRetentionOptions {
  database: Knex;
  ledger: LedgerStore;
  plans: PlanStore;
  /** Undefined: runs are never removed. */
  retentionDays: number | undefined;
}

/** Removes what nobody needs any more: plans that nobody ran, and old runs where the configuration says so. */
export class LedgerRetention {
  readonly #options: LedgerRetentionOptions;

  constructor(options: LedgerRetentionOptions) {
    this.#options = options;
  }

  /**
   * Removes plans a day after they expired, and with a retention runs that ended before it, with their plans, steps and
   * entries of the chain. What is left of the chain can still be verified, and says that something was removed.
   */
  async clean(now = new Date()): Promise<{ planCount: number; runCount: number }> {
    const { plans, retentionDays } = this.#options;
    const runCount =
      retentionDays === undefined ? 0 : await this.#removeRuns(new Date(now.getTime() - retentionDays * dayMs));
    return { runCount, planCount: await plans.removeExpiredBefore(new Date(now.getTime() - dayMs).toISOString()) };
  }

  async #removeRuns(before: Date): Promise<number> {
    const { database, ledger } = this.#options;
    const time = before.toISOString();
    return database.transaction(async transaction => {
      const entryCount = await ledger.removeBefore(time, transaction);
      const runCount = await transaction<RunRow>('runs')
        .where('finished_at', '<', time)
        .whereNotExists(entries => {
          void entries.from('ledger_entries').whereRaw('ledger_entries.run_id = runs.id');
        })
        .delete();
      if (entryCount > 0 || runCount > 0) {
        await ledger.append(transaction, {
          event: 'entries-removed',
          document: { before: time, entryCount, runCount },
        });
      }
      return runCount;
    });
  }
}
