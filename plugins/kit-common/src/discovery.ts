import { z } from 'zod/v3';

/** What one catalogue provider last did. Reply of `GET /v1/providers` is a list of these. */
export const providerStatusSchema = z.object({
  /** For example `rollouts-workloads`. */
  provider: z.string(),
  /** Cluster or connection that this part of the provider reads. */
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

/** Reply of `GET /v1/providers`. */
export const providerListSchema = z.object({
  items: z.array(providerStatusSchema),
  /** Processes that hold a provider's lease, and until when; one that nobody holds is not here. */
  writers: z.array(z.object({ provider: z.string(), process: z.string(), until: z.string().datetime() })),
});
export type ProviderList = z.infer<typeof providerListSchema>;
