import { z } from 'zod/v3';
import { freshnessSchema } from './freshness';

export const jobSchema = z.object({
  project: z.string(),
  location: z.string(),
  id: z.string(),
  type: z.string(),
  /** For example `CREATE_MODEL`. */
  statementType: z.string().optional(),
  /** E-mail address of whoever ran it, as upstream says. */
  user: z.string(),
  /** `project.dataset.model`, where the job is about one. */
  model: z.string().optional(),
  state: z.enum(['PENDING', 'RUNNING', 'DONE']),
  error: z.object({ reason: z.string(), message: z.string() }).optional(),
  bytesProcessed: z.number(),
  bytesBilled: z.number(),
  cost: z.object({ amount: z.number(), currency: z.string() }).optional(),
  createdAt: z.string().datetime(),
  startedAt: z.string().datetime().optional(),
  endedAt: z.string().datetime().optional(),
  /** Shortened; the portal's own jobs carry their run's id as a label. */
  labels: z.record(z.string()),
});
export type Job = z.infer<typeof jobSchema>;

/** Query of `GET /v1/jobs`, newest first. */
export const jobListQuerySchema = z.object({
  connection: z.string().max(100).optional(),
  user: z.string().max(320).optional(),
  model: z.string().max(2200).optional(),
  /** `2026-11`; default: the current month in UTC. */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  state: z.enum(['running', 'failed', 'done']).optional(),
  /** Id of a job. */
  cursor: z.string().max(1024).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type JobListQuery = z.input<typeof jobListQuerySchema>;

export const jobListSchema = z.object({
  items: z.array(jobSchema),
  nextCursor: z.string().optional(),
  freshness: freshnessSchema.optional(),
});
export type JobList = z.infer<typeof jobListSchema>;

/** One bar: bytes billed by whoever or whatever in a month. */
const usageSchema = z.object({
  key: z.string(),
  jobCount: z.number(),
  failedCount: z.number(),
  bytesBilled: z.number(),
  cost: z.object({ amount: z.number(), currency: z.string() }).optional(),
});
export type Usage = z.infer<typeof usageSchema>;

/** Reply of `GET /v1/usage?month=`. */
export const usageReportSchema = z.object({
  month: z.string(),
  byUser: z.array(usageSchema),
  byModel: z.array(usageSchema),
  /** The last six months, oldest first. */
  byMonth: z.array(usageSchema),
  freshness: freshnessSchema,
});
export type UsageReport = z.infer<typeof usageReportSchema>;
