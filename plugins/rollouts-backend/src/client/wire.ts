import { z } from 'zod/v3';

/*
 * What surrounds objects on the wire.
 * Source: https://kubernetes.io/docs/reference/using-api/api-concepts/
 */

const metadataSchema = z.object({ resourceVersion: z.string() });
export const listSchema = z.object({
  metadata: metadataSchema.extend({ continue: z.string().optional() }),
  items: z.array(z.unknown()),
});
export const watchFrameSchema = z.object({ type: z.string(), object: z.unknown() });
export const versionedSchema = z.object({ metadata: metadataSchema });
export const versionSchema = z.object({ gitVersion: z.string() });
export const statusSchema = z.object({ code: z.number(), message: z.string().default('') });
