import { z } from 'zod/v3';

/** CPU in cores (0.25 is `250m`) and memory in bytes; a side that is not set is absent. */
export const computeQuantitiesSchema = z.object({
  cpuCores: z.number().nonnegative().optional(),
  memoryBytes: z.number().nonnegative().optional(),
});
export type ComputeQuantities = z.infer<typeof computeQuantitiesSchema>;
