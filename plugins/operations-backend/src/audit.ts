import type { AuditorService, AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import { safeError } from '@leitstand/plugin-kit-node';
import type { RunRow } from './database/runRow';

/** One audited action. */
export interface AuditedAction<T> extends AuditorServiceCreateEventOptions {
  act(): Promise<T>;
  /** What to add once it is known; never values of an input, which could be secret. */
  metaOf?(result: T): Record<string, string>;
}

/** Does something and records that it was tried and how it ended; a refusal is on record like a success. */
export async function audited<T>(auditor: AuditorService, action: AuditedAction<T>): Promise<T> {
  const { act, metaOf, ...options } = action;
  const event = await auditor.createEvent(options);
  try {
    const result = await act();
    await event.success({ meta: metaOf?.(result) ?? {} });
    return result;
  } catch (error) {
    await event.fail({ error: safeError(error) });
    throw error;
  }
}

/** Records how a run ended, of whoever asked for it: the process that carried it out is nobody. */
export async function auditRunEnd(
  auditor: AuditorService,
  row: Pick<RunRow, 'id' | 'operation' | 'entity_ref' | 'requester'>,
  outcome: { state: string; error?: { message: string } },
): Promise<void> {
  const { id: runId, operation, entity_ref: entityRef, requester } = row;
  const event = await auditor.createEvent({
    eventId: 'run-finish',
    severityLevel: 'medium',
    meta: { runId, operation, entityRef, requester, state: outcome.state },
  });
  await (outcome.error ? event.fail({ error: new Error(outcome.error.message) }) : event.success());
}
