import { z } from 'zod/v3';

/** ISO 8601 with zone, for example `2026-03-01T08:00:00.000Z`. */
export const timestampSchema = z
  .string()
  .datetime({ offset: true })
  .refine(isOfFourDigitYear, { message: 'is no time of the years 0000 to 9999' });

/** Times are kept as text of fixed width, so that they sort. */
function isOfFourDigitYear(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().length === '2026-03-01T08:00:00.000Z'.length;
}

/** A short text that is kept in a column, as names are. PostgreSQL stores no text with a NUL in it. */
export function storedTextSchema(maxLength: number, minLength = 1) {
  return z
    .string()
    .min(minLength)
    .max(maxLength)
    .refine(text => !text.includes('\u0000'), { message: 'holds a NUL character' });
}

/** Full entity reference, lower case, for example `component:default/backend`. */
export const entityRefSchema = z
  .string()
  .max(255)
  .regex(/^[^:/\s\p{Cc}]+:[^:/\s\p{Cc}]+\/[^:/\s\p{Cc}]+$/u);

/** Further entities that stand for a target, as the target itself says; a freeze of one of them holds its changes too. */
export const alsoKnownAsSchema = z.array(entityRefSchema).optional();

/** The upstream object that an operation acts on. */
export const operationTargetSchema = z.object({
  /** The upstream's name in the configuration, for example `homelab-k3s`. */
  system: z.string(),
  cluster: z.string().optional(),
  namespace: z.string().optional(),
  /** Of a cloud, for example `homelab-lamp`. */
  project: z.string().optional(),
  dataset: z.string().optional(),
  kind: z.string(),
  name: z.string(),
});
export type OperationTarget = z.infer<typeof operationTargetSchema>;

/** One value that would change. A side that is absent is null. */
export const changeSchema = z.object({
  /** As a person reads it, for example `image of container backend`. */
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type Change = z.infer<typeof changeSchema>;

/** Both sides of a document that would change, for a line-by-line view. */
export const documentDiffSchema = z.object({
  title: z.string(),
  language: z.enum(['yaml', 'json', 'sql', 'text']),
  before: z.string(),
  after: z.string(),
});
export type DocumentDiff = z.infer<typeof documentDiffSchema>;

/** What the person should know before saying yes. */
export const planWarningSchema = z.object({ severity: z.enum(['info', 'warning']), message: z.string() });
export type PlanWarning = z.infer<typeof planWarningSchema>;

/** What a person has to say: a reason, a comment. PostgreSQL stores no text with a NUL in it. */
export const noteSchema = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .refine(text => !text.includes('\u0000'), { message: 'holds a NUL character' });

export const idParamsSchema = z.object({ id: z.string().uuid() });
