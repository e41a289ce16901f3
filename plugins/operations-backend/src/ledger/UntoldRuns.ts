import type { Knex } from 'knex';
import type { RunRow } from '../database/runRow';
import type { LedgerEvent } from './LedgerEntry';

/** Something that is true of a run only if the chain has one of some entries of it. */
interface Telling {
  events: readonly LedgerEvent[];
  /** What the run would be without them. */
  message: string;
  /** Of which runs it is true. */
  isTrue(runs: Knex.QueryBuilder<RunRow>, since: string): void;
}

const tellings: readonly Telling[] = [
  {
    events: ['requested'],
    message: 'is there, but nobody asked for it',
    isTrue: (runs, since) => void runs.where('created_at', '>=', since),
  },
  {
    events: ['finished', 'cancelled', 'expired', 'rejected'],
    message: 'has ended, but no entry says so',
    isTrue: (runs, since) => void runs.where('finished_at', '>=', since),
  },
  {
    events: ['approved', 'rejected', 'break-glass', 'cancelled', 'expired'],
    message: 'waits for nobody any more, but no entry says who decided',
    isTrue: (runs, since) =>
      void runs.where('created_at', '>=', since).whereNotNull('approval').whereNot('state', 'awaiting-approval'),
  },
  {
    events: ['break-glass'],
    message: 'passes by freezes and approvals, but no entry says who let it',
    isTrue: (runs, since) => void runs.where('created_at', '>=', since).whereNotNull('break_glass'),
  },
];

/** Runs of which the chain does not say what their rows say. */
export class UntoldRuns {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /**
   * @param since - time of the oldest entry, ISO 8601; what happened before may have been told by entries that were removed
   * @returns the first that there is, in a sentence
   */
  async find(since: string): Promise<string | undefined> {
    for (const { events, message, isTrue } of tellings) {
      const untold = this.#database<RunRow>('runs').whereNotExists(entries => {
        void entries.from('ledger_entries').whereRaw('ledger_entries.run_id = runs.id').whereIn('event', events);
      });
      isTrue(untold, since);
      const run = await untold.orderBy('created_at').first('id');
      if (run) return `the run ${run.id} ${message}`;
    }
    return undefined;
  }
}
