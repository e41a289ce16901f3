import { z } from 'zod/v3';

/** What one catalogue provider last did. Reply of `GET /v1/providers` is a list of these. */
export const providerStatusSchema = z.object({
  /** For example `rollouts-workloads`. */
  provider: z.string(),
  /** Cluster that this part of the provider reads. */
  source: z.string(),
  state: z.enum(['complete', 'incomplete', 'never']),
  lastRunAt: z.string().datetime().optional(),
  /** When the source was last read completely. */
  lastCompleteAt: z.string().datetime().optional(),
  entityCount: z.number().int(),
  error: z.object({ code: z.string().optional(), message: z.string() }).optional(),
  /** What was left out and why, for example `kube-system: excluded by rollouts.catalog.namespaces.exclude`. */
  leftOut: z.array(z.object({ what: z.string(), count: z.number().int(), reason: z.string() })),
  /** Things that were taken, but not as they stood, for example an owner that does not exist. */
  notes: z.array(z.object({ entityRef: z.string(), message: z.string() })),
});
export type ProviderStatus = z.infer<typeof providerStatusSchema>;

export const providerListSchema = z.object({
  items: z.array(providerStatusSchema),
  /** Process that holds the provider's lease, and until when; absent while nobody does. */
  writer: z.object({ process: z.string(), until: z.string().datetime() }).optional(),
});
export type ProviderList = z.infer<typeof providerListSchema>;
