import { z } from 'zod/v3';
import type { AutoscalerDocument } from '../model/scaleObjects';
import { identityBasisSchema } from './objectBasis';

const autoscalerBasisSchema = z.object({
  name: z.string(),
  uid: z.string(),
  minReplicas: z.number(),
  maxReplicas: z.number(),
});

/**
 * What a plan to scale depends on. Not the generation: an autoscaler moves it, and another template does not matter.
 */
export const scaleBasisSchema = identityBasisSchema.extend({
  /** Of the workload, when the plan was made. */
  replicas: z.number(),
  /** The one whose bounds are changed; null where the number itself is. */
  autoscaler: autoscalerBasisSchema.nullable(),
});
export type ScaleBasis = z.infer<typeof scaleBasisSchema>;

export function autoscalerBasisOf({ metadata, spec }: AutoscalerDocument): z.infer<typeof autoscalerBasisSchema> {
  const { minReplicas, maxReplicas } = spec;
  return { name: metadata.name, uid: metadata.uid, minReplicas, maxReplicas };
}
