import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { setImmediate } from 'node:timers/promises';
import type { PlanStore } from '../database/PlanStore';
import type { RunRow } from '../database/runRow';
import type { LedgerStore } from './LedgerStore';

const dayMs = 24 * 3_600_000;

/** Entries, runs or plans that one transaction removes at most: nobody is to wait long for the end of the chain. */
const defaultBatchSize = 500;

/** What the retention stands on. */
export interface LedgerRetentionOptions {
  database: Knex;
  ledger: LedgerStore;
  plans: PlanStore;
  logger: Pick<LoggerService, 'info'>;
  /** Undefined: runs are never removed. */
  retentionDays: number | undefined;
  /** Default: 500. */
  batchSize?: number;
}

/** Removes what nobody needs any more: plans that nobody ran, and old runs where the configuration says so. */
export class LedgerRetention {
  readonly #options: LedgerRetentionOptions;

  constructor(options: LedgerRetentionOptions) {
    this.#options = options;
  }

  /**
   * Removes plans a day after they expired, and with a retention runs that ended before it, with their plans, steps and
   * entries of the chain. What is left of the chain can still be verified, and says that something was removed. Its end
   * goes into the log, which those who may change the database cannot change.
   */
  async clean(now = new Date()): Promise<{ planCount: number; runCount: number }> {
    const { plans, ledger, logger, retentionDays, batchSize = defaultBatchSize } = this.#options;
    const planTime = new Date(now.getTime() - dayMs).toISOString();
    let runCount = 0;
    if (retentionDays !== undefined) {
      const time = new Date(now.getTime() - retentionDays * dayMs).toISOString();
      await inBatches(async () => {
        const removed = await this.#removeRuns(time, batchSize);
        runCount += removed.runCount;
        return removed.entryCount === batchSize || removed.runCount === batchSize;
      });
    }
    let planCount = 0;
    await inBatches(async () => {
      const removed = await plans.removeExpiredBefore(planTime, batchSize);
      planCount += removed;
      return removed === batchSize;
    });
    const { position, hash } = await ledger.head();
    logger.info(`The ledger ends at ${position}:${hash}`);
    return { runCount, planCount };
  }

  /** Entries first, since a run stays as long as the chain tells of it, and runs once no old entry is left. */
  async #removeRuns(before: string, limit: number): Promise<{ entryCount: number; runCount: number }> {
    const { database, ledger } = this.#options;
    return database.transaction(async transaction => {
      const entryCount = await ledger.removeBefore(before, { transaction, limit });
      const runCount = entryCount === limit ? 0 : await this.#removeUntoldRuns(before, { transaction, limit });
      if (entryCount > 0 || runCount > 0) {
        const { firstPosition } = await ledger.head(transaction);
        const document = { before, entryCount, runCount, firstPosition };
        await ledger.append(transaction, { event: 'entries-removed', document });
      }
      return { entryCount, runCount };
    });
  }

  async #removeUntoldRuns(before: string, options: { transaction: Knex.Transaction; limit: number }): Promise<number> {
    const { transaction, limit } = options;
    const untold = transaction<RunRow>('runs')
      .where('finished_at', '<', before)
      .whereNotExists(entries => {
        void entries.from('ledger_entries').whereRaw('ledger_entries.run_id = runs.id');
      })
      .orderBy('created_at')
      .limit(limit)
      .select('id');
    return transaction<RunRow>('runs').whereIn('id', untold).delete();
  }
}

/** Lets others have their turn between two batches: SQLite's driver keeps the process busy during one. */
async function inBatches(removeOne: () => Promise<boolean>): Promise<void> {
  while (await removeOne()) await setImmediate();
}
