import { z } from 'zod/v3';

/** How old an answer is, and why it is not newer. */
export const freshnessSchema = z.object({
  /** When upstream said it. */
  observedAt: z.string().datetime(),
  /** Upstream could not be asked since; a typed error without upstream's own words. */
  staleBecause: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type Freshness = z.infer<typeof freshnessSchema>;
