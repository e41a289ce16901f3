import { runSchema, type OperationTarget, type Run, type RunState } from '@leitstand/plugin-operations-common';

/** A row of `runs`. PostgreSQL's driver gives big integers as text; times are ISO 8601 unless they say otherwise. */
export interface RunRow {
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
  face: string;
  task_id: string | null;
  environment: string | null;
  target_key: string;
  approval: string | null;
  expires_at: string | null;
  break_glass: string | null;
  undoes: string | null;
  output: string | null;
  failure: string | null;
  lease_owner: string | null;
  /** Milliseconds since 1970 by the database's clock; 0 unless somebody carries the run out or was interrupted in that. */
  lease_until: number | string;
  fence: number;
  /** As `lease_until`. While the run is carried out: when the interrupted lease before ended, 0 where there was none. */
  wake_at: number | string;
  /** How often in a row its holder went away without having come any further; those that hand over count too. */
  interruptions: number;
  version: number;
}

/** What a run's row does not say itself. */
export type RunDetails = Pick<Run, 'steps' | 'heldBy' | 'waitsFor' | 'undoneBy'>;

/** States from which the door itself can end a run, with the row's lease or without. */
export type UnfinishedState = Extract<RunState, 'awaiting-approval' | 'held' | 'queued' | 'running'>;

/** Of runs from before the portal kept it. */
const unknownUndo = { isPossible: false, note: 'Nothing is on record about taking it back.' };

/** As the API shows it. */
export function rowToRun(row: RunRow, details: RunDetails): Run {
  return runSchema.parse({
    undo: unknownUndo,
    ...(JSON.parse(row.document) as object),
    ...details,
    id: row.id,
    planId: row.plan_id,
    operation: row.operation,
    entityRef: row.entity_ref,
    ...(row.environment !== null && { environment: row.environment }),
    requester: row.requester,
    face: row.face,
    taskId: row.task_id ?? undefined,
    reason: row.reason ?? undefined,
    state: row.state,
    approval: fromJson(row.approval),
    breakGlass: fromJson(row.break_glass),
    undoes: row.undoes ?? undefined,
    result: row.result ?? undefined,
    output: fromJson(row.output),
    error: fromJson(row.error ?? row.failure),
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
  });
}

/** For a column that is null where there is nothing. */
export function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function fromJson(text: string | null): unknown {
  return text === null ? undefined : (JSON.parse(text) as unknown);
}

/**
 * What one run at a time may change: `system/cluster|project/namespace|dataset/kind/name` in lower case; a part that the
 * target has not is empty.
 */
export function targetKeyOf(target: OperationTarget): string {
  const { system, cluster, project, namespace, dataset, kind, name } = target;
  return [system, cluster ?? project ?? '', namespace ?? dataset ?? '', kind, name]
    .join('/')
    .toLocaleLowerCase('en-US');
}
