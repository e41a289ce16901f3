import { z } from 'zod/v3';

/** `<prefix>:<rest>`, for example `operations:run:4f0c…`; the prefix names the source that serves it. */
export const liveTopicSchema = z
  .string()
  .max(400)
  .regex(/^[a-z-]+:[^\s]+$/, 'must be <source>:<name> without spaces');

/** How many topics one stream carries at most; one browser tab has one stream. */
export const maxTopicCount = 50;

/** Time between two heartbeats of a stream, in milliseconds. A reader that hears nothing for three of them reconnects. */
export const heartbeatMs = 15_000;

/** The newest state of one topic. Every message is whole: missing one loses nothing. */
export const liveMessageSchema = z.object({
  topic: liveTopicSchema,
  /** Opaque; sent back on resume so that an unchanged state is not sent again. */
  id: z.string().min(1).max(200).regex(/^\S+$/),
  data: z.unknown(),
});
export type LiveMessage = z.infer<typeof liveMessageSchema>;

/** A topic that ended with a failure; the stream goes on for the others. */
export const liveFailureSchema = z.object({
  topic: liveTopicSchema,
  error: z.object({ name: z.string(), code: z.string().optional(), message: z.string() }),
});
export type LiveFailure = z.infer<typeof liveFailureSchema>;

/** What a stream delivers. */
export type LiveEvent =
  ({ type: 'message' } & LiveMessage) | ({ type: 'failure' } & LiveFailure) | { type: 'heartbeat' };

/** Query of `GET /v1/stream`. `resume` is a JSON object from topic to the last id seen. */
export const liveStreamQuerySchema = z.object({
  topic: z
    .union([liveTopicSchema.transform(topic => [topic]), z.array(liveTopicSchema)])
    .pipe(z.array(liveTopicSchema).min(1).max(maxTopicCount)),
  resume: z
    .string()
    .max(20_000)
    .optional()
    .transform((value, context) => {
      try {
        return z.record(z.string()).parse(JSON.parse(value ?? '{}'));
      } catch {
        context.addIssue({ code: z.ZodIssueCode.custom, message: 'must be a JSON object of strings' });
        return z.NEVER;
      }
    }),
});
