import type { Knex } from 'knex';
import type { RunRow } from '../database/runRow';
import { storableText } from '../database/storableText';
import { canonicalJson } from './canonicalJson';
import type { StoredLedgerEntry } from './LedgerStore';

/** Members of a run, as the chain or its row has them. */
type Claims = Record<string, unknown>;

/** Compares the rows of runs with what the chain says of them. */
export class RunRecords {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** The first entry whose run is gone or says something else; undefined where all agree. */
  async findDiffering(
    entries: readonly StoredLedgerEntry[],
  ): Promise<{ position: number; message: string } | undefined> {
    const claiming = entries.filter(({ event }) => event in recordsOf);
    const ids = [...new Set(claiming.map(({ runId = '' }) => runId))];
    const rows: RunRow[] = await this.#database<RunRow>('runs').whereIn('id', ids);
    const rowsById = new Map(rows.map(row => [row.id, row]));
    for (const { position, event, runId = '', document } of claiming) {
      const row = rowsById.get(runId);
      if (!row) return { position, message: `the run ${runId} was removed` };
      const said: Claims = { state: event, ...(document as Claims) };
      const found = recordsOf[event](row);
      const member = Object.keys(found).find(name => !isSame(found[name], said[name]));
      if (member !== undefined) {
        return { position, message: `the run ${runId} says something else of its ${member} than the entry` };
      }
    }
    return undefined;
  }
}

/** By event, what the row says of what the entry says. A run ends by the event that its state is called after, or `finished`. */
const recordsOf: Record<string, (row: RunRow) => Claims> = {
  requested(row) {
    const { summary, target, changes } = JSON.parse(row.document) as Claims;
    return {
      ...{ summary, target, changes },
      planId: row.plan_id,
      operation: row.operation,
      entityRef: row.entity_ref,
      environment: row.environment,
      requester: row.requester,
      face: row.face,
      taskId: row.task_id,
      reason: row.reason,
      undoes: row.undoes,
    };
  },
  approved: ({ approval }) => decisionOf(approval),
  'break-glass': ({ break_glass: breakGlass }) => pick(breakGlass, ['by', 'reason']),
  finished: ({ state, result, error }) => ({ state, result, error: fromJson(error) }),
  cancelled: ({ state }) => ({ state }),
  expired: ({ state, error }) => ({ state, error: fromJson(error) }),
  rejected: ({ state, approval }) => ({ state, ...decisionOf(approval) }),
};

function decisionOf(approval: string | null): Claims {
  const { kind, decidedBy: by, comment } = JSON.parse(approval ?? '{}') as Claims;
  return { kind, by, comment };
}

function pick(text: string | null, names: readonly string[]): Claims {
  const document = JSON.parse(text ?? '{}') as Claims;
  return Object.fromEntries(names.map(name => [name, document[name]]));
}

function fromJson(text: string | null): unknown {
  return text === null ? null : (JSON.parse(text) as unknown);
}

/** A column's null is a member that is left out, and it has no half characters, which the chain keeps as they were sent. */
function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(asKept(one)) === canonicalJson(asKept(other));
}

function asKept(value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : (value ?? null);
}
