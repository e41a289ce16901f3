import { z } from 'zod/v3';
import { featureValueSchema } from './predict';

/** Body of `POST /v1/models/…/serving-calls`. */
export const servingCallRequestSchema = z
  .object({
    /** One of the model's `serving`. */
    entityRef: z.string(),
    row: z.record(featureValueSchema),
  })
  .strict();
export type ServingCallRequest = z.input<typeof servingCallRequestSchema>;

/** What the service answered. */
export const servingCallSchema = z.object({
  url: z.string(),
  status: z.number().int(),
  durationMs: z.number(),
  /** JSON, at most a megabyte; undefined where it is none. */
  body: z.unknown(),
  /** The first number or text under a name that begins with `predicted`, wherever it is. */
  predicted: z.union([z.number(), z.string(), z.boolean(), z.null()]).optional(),
});
export type ServingCall = z.infer<typeof servingCallSchema>;
