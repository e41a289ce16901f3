import { z } from 'zod/v3';
import { kubernetesTimeSchema } from './freshness';

/** How a workload is, in one word; the worst that is true of it. */
export const healthStateSchema = z.enum(['healthy', 'progressing', 'degraded', 'failed', 'paused', 'scaled-to-zero']);
export type HealthState = z.infer<typeof healthStateSchema>;

/** Health in words. Reasons are Kubernetes' own (`ImagePullBackOff`, `ProgressDeadlineExceeded`…). */
export const healthSchema = z.object({
  state: healthStateSchema,
  /** What is the matter, in a sentence with names and numbers. */
  message: z.string(),
  /** What to try; undefined where nothing is the matter. */
  advice: z.string().optional(),
  reason: z.string().optional(),
  /** Since when, where that is known. */
  since: kubernetesTimeSchema.optional(),
});
export type Health = z.infer<typeof healthSchema>;
