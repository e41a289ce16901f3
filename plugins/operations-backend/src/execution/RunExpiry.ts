import type { SafeErrorDescription } from '@leitstand/plugin-kit-node';
import { approvalSchema, type OperationErrorCode } from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import { toJson, type RunRow } from '../database/runRow';
import type { LedgerStore } from '../ledger/LedgerStore';

/**
 * Ends a run whose time to wait for an approval, or for the end of a freeze, is up. What a held run had done already is
 * taken back: then it only gets a failure, and whoever carries runs out goes on with it.
 *
 * @returns the state that the run has now; undefined when another process was faster, or it went on meanwhile
 */
export async function expireRun(
  options: { database: Knex; ledger: LedgerStore },
  row: RunRow,
): Promise<'expired' | 'held' | undefined> {
  const error = row.state === 'held' ? heldTooLong : notApproved;
  return options.database.transaction(async transaction => {
    const hasBegun = (await transaction('run_steps').where({ run_id: row.id }).first('key')) !== undefined;
    const count = await transaction<RunRow>('runs')
      .where({ id: row.id, state: row.state, expires_at: row.expires_at })
      .whereNull('lease_owner')
      .whereNull('failure')
      .update({
        ...(hasBegun ? { failure: JSON.stringify({ ...error, state: 'failed' }) } : ended(row, error)),
        version: transaction.raw('version + 1') as unknown as number,
      });
    if (count !== 1) return undefined;
    if (hasBegun) return 'held';
    await options.ledger.append(transaction, { runId: row.id, event: 'expired', document: { error } });
    return 'expired';
  });
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

function ended(row: RunRow, error: SafeErrorDescription): Partial<RunRow> {
  const isWaiting = row.state === 'awaiting-approval' && row.approval !== null;
  return {
    state: 'expired',
    error: toJson(error),
    finished_at: new Date().toISOString(),
    ...(isWaiting && {
      approval: JSON.stringify({ ...approvalSchema.parse(JSON.parse(row.approval ?? '')), state: 'expired' }),
    }),
  };
}
