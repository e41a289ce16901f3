import { z } from 'zod/v3';
import { approvalSchema } from './approval';
import { freezeSchema } from './freeze';
import { undoNoteSchema } from './plan';
import {
  alsoKnownAsSchema,
  changeSchema,
  entityRefSchema,
  noteSchema,
  operationTargetSchema,
  storedTextSchema,
  timestampSchema,
} from './target';

/** `waiting`: the step looks again later and holds no worker meanwhile. */
export const stepStateSchema = z.enum(['waiting', 'started', 'done', 'failed']);
export type StepState = z.infer<typeof stepStateSchema>;

export const runStepSchema = z.object({
  key: z.string(),
  title: z.string(),
  /** `compensation`: takes back what an earlier step of this run did, after a failure or a cancel. */
  kind: z.enum(['apply', 'compensation']),
  state: stepStateSchema,
  /** The step's own words on how far it is; the newest only. */
  progress: z.string().optional(),
  startedAt: timestampSchema.optional(),
  finishedAt: timestampSchema.optional(),
});
export type RunStep = z.infer<typeof runStepSchema>;

export const runStateSchema = z.enum([
  'awaiting-approval',
  'held',
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'rejected',
  'expired',
  'needs-attention',
]);
export type RunState = z.infer<typeof runStateSchema>;

/** States from which a run can still go on. */
export const unfinishedRunStates = ['awaiting-approval', 'held', 'queued', 'running'] as const satisfies RunState[];

/** Whether a run has ended for good. */
export function isFinished(state: RunState): boolean {
  return !(unfinishedRunStates as readonly RunState[]).includes(state);
}

/** Through which of the door's faces somebody came. */
export const faceSchema = z.enum(['portal', 'template', 'tool', 'service']);
export type Face = z.infer<typeof faceSchema>;

/** Id of a task of Backstage's scaffolder. */
const taskIdSchema = storedTextSchema(100);

/** One line of the ledger: who did what to which thing, why, old → new, with what result. */
export const runSchema = z.object({
  id: z.string().uuid(),
  planId: z.string().uuid(),
  operation: z.string(),
  title: z.string(),
  summary: z.string(),
  entityRef: entityRefSchema,
  alsoKnownAs: alsoKnownAsSchema,
  target: operationTargetSchema,
  environment: z.string().optional(),
  requester: entityRefSchema,
  face: faceSchema,
  /** The task whose step asked for it; of the face `template` only. */
  taskId: taskIdSchema.optional(),
  reason: z.string().optional(),
  changes: z.array(changeSchema),
  state: runStateSchema,
  steps: z.array(runStepSchema),
  /** What it waits for or waited for; left out where nobody had to say yes. */
  approval: approvalSchema.optional(),
  /** The freezes because of which it is held now. */
  heldBy: z.array(freezeSchema),
  /** Another run on the same target that has to end first. */
  waitsFor: z.string().uuid().optional(),
  /** Who let it pass by a freeze or an approval, and why. */
  breakGlass: z.object({ by: entityRefSchema, reason: z.string(), at: timestampSchema }).optional(),
  undo: undoNoteSchema,
  /** The run that this one takes back. */
  undoes: z.string().uuid().optional(),
  /** The run that took this one back, or tries to. */
  undoneBy: z.string().uuid().optional(),
  /** What came of it, in a sentence. */
  result: z.string().optional(),
  /** What the operation says for those who go on with it: names of what was made. Never secrets. */
  output: z.record(z.unknown()).optional(),
  error: z.object({ name: z.string(), code: z.string().optional(), message: z.string() }).optional(),
  createdAt: timestampSchema,
  startedAt: timestampSchema.optional(),
  finishedAt: timestampSchema.optional(),
});
export type Run = z.infer<typeof runSchema>;

/** Body of `POST /v1/runs`. The same idempotency key of the same person is the same run. */
export const runRequestSchema = z
  .object({
    planId: z.string().uuid(),
    reason: noteSchema.optional(),
    idempotencyKey: storedTextSchema(100),
    /** Passes by freezes and approvals; needs the permission `operations.break-glass` and a reason. */
    breakGlass: z.boolean().default(false),
    /** The task whose step asks; taken from the scaffolder only. */
    taskId: taskIdSchema.optional(),
  })
  .strict();
export type RunRequest = z.input<typeof runRequestSchema>;

/** Which runs; all that is given has to match. */
export const runFilterSchema = z.object({
  entityRef: entityRefSchema.optional(),
  requester: entityRefSchema.optional(),
  operation: storedTextSchema(100, 0).optional(),
  environment: storedTextSchema(100, 0).optional(),
  state: runStateSchema.optional(),
  /** Asked for by the steps of this task. */
  taskId: taskIdSchema.optional(),
  /** Created at or after. */
  from: timestampSchema.optional(),
  /** Created before. */
  to: timestampSchema.optional(),
});
export type RunFilter = z.infer<typeof runFilterSchema>;

/** Query of `GET /v1/runs`, newest first. */
export const runListQuerySchema = runFilterSchema.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type RunListQuery = z.input<typeof runListQuerySchema>;

export const runListSchema = z.object({ items: z.array(runSchema), nextCursor: z.string().optional() });
export type RunList = z.infer<typeof runListSchema>;

/** Query of `GET /v1/runs/export`: everything that fits, oldest first, streamed. */
export const runExportQuerySchema = runFilterSchema.extend({ format: z.enum(['csv', 'jsonl']) });
export type RunExportQuery = z.input<typeof runExportQuerySchema>;

/** What a person may do with a run now; `GET /v1/runs/:id/permissions`. A refusal says why not. */
const runPermissionSchema = z.object({ isAllowed: z.boolean(), refusal: z.string().optional() });
export const runPermissionsSchema = z.object({
  approve: runPermissionSchema,
  cancel: runPermissionSchema,
  undo: runPermissionSchema,
  breakGlass: runPermissionSchema,
});
export type RunPermissions = z.infer<typeof runPermissionsSchema>;

/** Topic under which a run's state is streamed; its data is a {@link Run}. */
export function runTopic(runId: string): string {
  return `operations:run/${runId}`;
}
