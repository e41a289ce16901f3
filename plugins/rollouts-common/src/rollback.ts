import { z } from 'zod/v3';

/** Input of the operation `rollouts-rollback`. */
export const rollbackInputSchema = z
  .object({
    /** Revision to go back to; left out: the one before the present, as `kubectl rollout undo` does. */
    toRevision: z.number().int().positive().optional(),
  })
  .strict();
export type RollbackInput = z.infer<typeof rollbackInputSchema>;

/** Id of the operation that rolls a Deployment back. */
export const ROLLBACK_OPERATION = 'rollouts-rollback';
