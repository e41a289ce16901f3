import { z } from 'zod/v3';

/** ISO 8601 with zone, as Kubernetes writes it. */
export const kubernetesTimeSchema = z.string().datetime({ offset: true });

/** How old what is shown may be, and why it is not newer. */
export const freshnessSchema = z.object({
  /** When the cluster last said something about this. */
  observedAt: z.string().datetime(),
  /** True: the connection is down and this is the last known state. */
  isStale: z.boolean(),
  /** Why, when stale; safe to show. */
  problem: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

/** A part that could not be read. */
export const missingPartSchema = z.object({
  /** For example `pods`. */
  what: z.string(),
  /** Why; safe to show. */
  reason: z.string(),
  /** When what is shown of it nevertheless was read; left out: nothing is shown. */
  observedAt: z.string().datetime().optional(),
});
export type MissingPart = z.infer<typeof missingPartSchema>;
