import { z } from 'zod/v3';
import { portalPartsSchema } from './portalParts';

const timeSchema = z.string().datetime();
const countSchema = z.number().int().nonnegative();

/** How one area of the portal is, as the readiness says it. */
export const areaHealthSchema = z.object({
  /** For example `database`. */
  area: z.string(),
  /** `degraded`: it works with older or fewer things. */
  state: z.enum(['up', 'degraded', 'down']),
  /** Of an area that is not up: one of a closed list in `docs/observability.md`. */
  reason: z.string().optional(),
  /** Whether nobody can be served while it is down. */
  isRequired: z.boolean(),
  /** When this process first found it so. */
  since: timeSchema,
  /** Of an area that stands on several systems. */
  systems: z.object({ count: countSchema, failingCount: countSchema }).optional(),
});
export type AreaHealth = z.infer<typeof areaHealthSchema>;

/** Calls of one system in the last minutes. */
export const callFiguresSchema = z.object({
  system: z.string(),
  /** Its name in the configuration. */
  connection: z.string(),
  okCount: countSchema,
  failedCount: countSchema,
  meanMs: z.number().nonnegative(),
});
export type CallFigures = z.infer<typeof callFiguresSchema>;

/** Answers of one cache in the last minutes. */
export const cacheFiguresSchema = z.object({
  cache: z.string(),
  /** Upstream was spared. */
  hitCount: countSchema,
  /** Upstream was asked. */
  missCount: countSchema,
  /** The last answer, because upstream failed. */
  staleCount: countSchema,
});
export type CacheFigures = z.infer<typeof cacheFiguresSchema>;

/** How late the event loop came round in some seconds that end at a time. */
export const eventLoopSlotSchema = z.object({ at: timeSchema, p99Ms: z.number(), maxMs: z.number() });
export type EventLoopSlot = z.infer<typeof eventLoopSlotSchema>;

/** The process that answered, and what only it knows. */
export const thisProcessSchema = z.object({
  /** As others on the same database know it. */
  name: z.string(),
  version: z.string(),
  nodeVersion: z.string(),
  startedAt: timeSchema,
  /** Calls and caches are those of so many milliseconds at most, and since the start at most. */
  windowMs: countSchema,
  calls: z.array(callFiguresSchema),
  caches: z.array(cacheFiguresSchema),
  /** Oldest first. */
  eventLoop: z.array(eventLoopSlotSchema),
});
export type ThisProcess = z.infer<typeof thisProcessSchema>;

/** When a source of the catalogue was last read. */
export const catalogSourceSchema = z.object({
  provider: z.string(),
  source: z.string(),
  isFailing: z.boolean(),
  lastCompleteAt: timeSchema.optional(),
});
export type CatalogSource = z.infer<typeof catalogSourceSchema>;

/** A process on the database that holds something now. */
export const knownProcessSchema = z.object({
  name: z.string(),
  runCount: countSchema,
  /** Providers of the catalogue that it alone writes. */
  writes: z.array(z.string()),
});
export type KnownProcess = z.infer<typeof knownProcessSchema>;

/** Reply of `GET /v1/health`. */
export const portalHealthSchema = portalPartsSchema.omit({ runCarriers: true }).extend({
  observedAt: timeSchema,
  /** By name. */
  areas: z.array(areaHealthSchema),
  process: thisProcessSchema,
  /** The one that answered first, then by name. */
  processes: z.array(knownProcessSchema),
  sources: z.array(catalogSourceSchema),
  /** Parts of this reply that could not be found out, and are empty therefore. */
  unknown: z.array(z.string()),
});
export type PortalHealth = z.infer<typeof portalHealthSchema>;
