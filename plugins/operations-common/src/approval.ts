import { z } from 'zod/v3';
import { entityRefSchema, noteSchema, timestampSchema } from './target';

/**
 * What a run waits for before it may begin. `approval`: somebody of the approvers who is not the requester says yes.
 * `confirmation`: a tool asked for the run; a person (the requester too) says yes in the portal.
 */
export const approvalKindSchema = z.enum(['approval', 'confirmation']);
export type ApprovalKind = z.infer<typeof approvalKindSchema>;

/** What would be asked for; from `operations.approvals`. */
export const approvalRequirementSchema = z.object({
  /** Groups and users, as full entity references. */
  approvers: z.array(entityRefSchema),
  /** How long the run waits before it expires, in hours. */
  expiresAfterHours: z.number().positive(),
});
export type ApprovalRequirement = z.infer<typeof approvalRequirementSchema>;

export const approvalStateSchema = z.enum(['waiting', 'approved', 'rejected', 'expired', 'withdrawn', 'bypassed']);

/** An approval as the ledger has it. */
export const approvalSchema = z.object({
  kind: approvalKindSchema,
  state: approvalStateSchema,
  approvers: z.array(entityRefSchema),
  expiresAt: timestampSchema,
  decidedBy: entityRefSchema.optional(),
  decidedAt: timestampSchema.optional(),
  comment: z.string().optional(),
});
export type Approval = z.infer<typeof approvalSchema>;

/** Body of `POST /v1/runs/:id/approve`. */
export const approveRequestSchema = z.object({ comment: z.string().trim().max(1000).optional() }).strict();
export type ApproveRequest = z.input<typeof approveRequestSchema>;

/** Body of `POST /v1/runs/:id/reject`: who asked should know why. */
export const rejectRequestSchema = z.object({ comment: noteSchema }).strict();
export type RejectRequest = z.input<typeof rejectRequestSchema>;

/** Body of `POST /v1/runs/:id/break-glass`: lets a run that waits for an approval or is held begin at once. */
export const breakGlassRequestSchema = z.object({ reason: noteSchema }).strict();
export type BreakGlassRequest = z.input<typeof breakGlassRequestSchema>;
