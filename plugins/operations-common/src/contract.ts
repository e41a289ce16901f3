import { z } from 'zod/v3';

/** ISO 8601 with zone, for example `2026-03-01T08:00:00.000Z`. */
export const timestampSchema = z.string().datetime({ offset: true });

/** Full entity reference, lower case, for example `component:default/backend`. */
export const entityRefSchema = z.string().regex(/^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/);

/** The upstream object that an operation acts on. */
export const operationTargetSchema = z.object({
  /** The upstream's name in the configuration, for example `homelab-k3s`. */
  system: z.string(),
  cluster: z.string().optional(),
  namespace: z.string().optional(),
  kind: z.string(),
  name: z.string(),
});
export type OperationTarget = z.infer<typeof operationTargetSchema>;

/** One value that would change. A side that is absent is null. */
export const changeSchema = z.object({
  /** As a person reads it, for example `image of container backend`. */
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type Change = z.infer<typeof changeSchema>;

/** Both sides of a document that would change, for a line-by-line view. */
export const documentDiffSchema = z.object({
  title: z.string(),
  language: z.enum(['yaml', 'json', 'sql', 'text']),
  before: z.string(),
  after: z.string(),
});
export type DocumentDiff = z.infer<typeof documentDiffSchema>;

/** What the person should know before saying yes. */
export const planWarningSchema = z.object({ severity: z.enum(['info', 'warning']), message: z.string() });
export type PlanWarning = z.infer<typeof planWarningSchema>;

/** Whether what the plan does can be taken back through the portal, and how or why not. */
export const undoNoteSchema = z.object({ isPossible: z.boolean(), note: z.string() });

/** What the policy of the environment asks of the person who runs the plan. */
export const planRequirementsSchema = z.object({ reason: z.boolean(), confirmation: z.boolean() });
export type PlanRequirements = z.infer<typeof planRequirementsSchema>;

export const planStateSchema = z.enum(['open', 'used', 'stale', 'expired']);
export type PlanState = z.infer<typeof planStateSchema>;

/** What would happen; bound to the person who asked, good for ten minutes. */
export const planSchema = z.object({
  id: z.string().uuid(),
  operation: z.string(),
  title: z.string(),
  /** One sentence, for example `Roll back backend from revision 4 to revision 3`. */
  summary: z.string(),
  entityRef: entityRefSchema,
  target: operationTargetSchema,
  /** Undefined where no environment of the configuration matches. */
  environment: z.string().optional(),
  input: z.record(z.unknown()),
  changes: z.array(changeSchema),
  documents: z.array(documentDiffSchema),
  warnings: z.array(planWarningSchema),
  undo: undoNoteSchema,
  requirements: planRequirementsSchema,
  state: planStateSchema,
  requester: entityRefSchema,
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
});
export type Plan = z.infer<typeof planSchema>;

export const stepStateSchema = z.enum(['waiting', 'started', 'done', 'failed']);
export type StepState = z.infer<typeof stepStateSchema>;

export const runStepSchema = z.object({
  key: z.string(),
  title: z.string(),
  state: stepStateSchema,
  /** The step's own words on how far it is; the newest only. */
  progress: z.string().optional(),
  startedAt: timestampSchema.optional(),
  finishedAt: timestampSchema.optional(),
});
export type RunStep = z.infer<typeof runStepSchema>;

export const runStateSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'needs-attention']);
export type RunState = z.infer<typeof runStateSchema>;

/** Whether a run has ended for good. */
export function isFinished(state: RunState): boolean {
  return state !== 'queued' && state !== 'running';
}

/** One line of the ledger: who did what to which thing, why, old → new, with what result. */
export const runSchema = z.object({
  id: z.string().uuid(),
  planId: z.string().uuid(),
  operation: z.string(),
  title: z.string(),
  summary: z.string(),
  entityRef: entityRefSchema,
  target: operationTargetSchema,
  environment: z.string().optional(),
  requester: entityRefSchema,
  reason: z.string().optional(),
  changes: z.array(changeSchema),
  state: runStateSchema,
  steps: z.array(runStepSchema),
  /** What came of it, in a sentence. */
  result: z.string().optional(),
  error: z.object({ name: z.string(), code: z.string().optional(), message: z.string() }).optional(),
  createdAt: timestampSchema,
  startedAt: timestampSchema.optional(),
  finishedAt: timestampSchema.optional(),
});
export type Run = z.infer<typeof runSchema>;

/** What a button needs to know. */
export const availableOperationSchema = z.object({
  operation: z.string(),
  title: z.string(),
  description: z.string(),
  isAvailable: z.boolean(),
  /** Why not, in a sentence that says what to do; with the code of the refusal. */
  refusal: z.object({ code: z.string().optional(), message: z.string() }).optional(),
});
export type AvailableOperation = z.infer<typeof availableOperationSchema>;

export const availableOperationsQuerySchema = z.object({ entityRef: entityRefSchema });
export const availableOperationsSchema = z.object({ items: z.array(availableOperationSchema) });

/** Body of `POST /v1/plans`. */
export const planRequestSchema = z
  .object({
    operation: z.string().min(1).max(100),
    entityRef: entityRefSchema,
    input: z.record(z.unknown()).default({}),
  })
  .strict();
export type PlanRequest = z.input<typeof planRequestSchema>;

/** Body of `POST /v1/runs`. The same idempotency key of the same person is the same run. */
export const runRequestSchema = z
  .object({
    planId: z.string().uuid(),
    reason: z.string().trim().min(1).max(1000).optional(),
    idempotencyKey: z.string().min(1).max(100),
  })
  .strict();
export type RunRequest = z.input<typeof runRequestSchema>;

/** Query of `GET /v1/runs`, newest first. */
export const runListQuerySchema = z.object({
  entityRef: entityRefSchema.optional(),
  requester: entityRefSchema.optional(),
  state: runStateSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type RunListQuery = z.input<typeof runListQuerySchema>;

export const runListSchema = z.object({ items: z.array(runSchema), nextCursor: z.string().optional() });
export type RunList = z.infer<typeof runListSchema>;

export const idParamsSchema = z.object({ id: z.string().uuid() });

/** Topic under which a run's state is streamed; its data is a {@link Run}. */
export function runTopic(runId: string): string {
  return `operations:run/${runId}`;
}
