import { z } from 'zod/v3';
import { approvalRequirementSchema } from './approval';
import { freezeSchema } from './freeze';
import {
  alsoKnownAsSchema,
  changeSchema,
  documentDiffSchema,
  entityRefSchema,
  operationTargetSchema,
  planWarningSchema,
  timestampSchema,
} from './target';

/** Whether what the plan does can be taken back through the portal, and how or why not. */
export const undoNoteSchema = z.object({ isPossible: z.boolean(), note: z.string() });
export type UndoNote = z.infer<typeof undoNoteSchema>;

/** What the policy of the environment asks before the plan runs. */
export const planRequirementsSchema = z.object({
  reason: z.boolean(),
  confirmation: z.boolean(),
  /** Left out where nobody has to approve. */
  approval: approvalRequirementSchema.optional(),
});
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
  /** Of an operation that creates something, the entity that it will be. */
  entityRef: entityRefSchema,
  alsoKnownAs: alsoKnownAsSchema,
  target: operationTargetSchema,
  /** Undefined where no environment of the configuration matches. */
  environment: z.string().optional(),
  /** In the door's answers, texts of more than 2,000 characters are cut. */
  input: z.record(z.unknown()),
  changes: z.array(changeSchema),
  documents: z.array(documentDiffSchema),
  warnings: z.array(planWarningSchema),
  undo: undoNoteSchema,
  requirements: planRequirementsSchema,
  /** Freezes that would hold the run now; empty where nothing stands in its way. */
  freezes: z.array(freezeSchema),
  /** Whether this person may pass by freezes and approvals, on record. */
  mayBreakGlass: z.boolean(),
  /** The run that this plan takes back. */
  undoes: z.string().uuid().optional(),
  state: planStateSchema,
  requester: entityRefSchema,
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
});
export type Plan = z.infer<typeof planSchema>;

/** Body of `POST /v1/plans`. */
export const planRequestSchema = z
  .object({
    operation: z.string().min(1).max(100),
    entityRef: entityRefSchema,
    input: z.record(z.unknown()).default({}),
  })
  .strict();
export type PlanRequest = z.input<typeof planRequestSchema>;
