import { z } from 'zod/v3';
import { entityRefSchema } from './target';

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
