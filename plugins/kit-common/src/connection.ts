import { z } from 'zod/v3';

/** One right of a set of credentials, in the upstream's own words, for example `patch deployments.apps`. */
export const connectionRightSchema = z.object({
  right: z.string(),
  /** Which part of the portal needs it, for example `catalogue` or `operation rollouts-rollback`. */
  neededFor: z.string(),
  /** Undefined where the upstream could not be asked. */
  isGranted: z.boolean().optional(),
});
export type ConnectionRight = z.infer<typeof connectionRightSchema>;

/** How the portal is connected to one upstream; the Connections page shows those of all areas. */
export const connectionSchema = z.object({
  /** The kind of system, for example `Kubernetes`. */
  system: z.string(),
  /** Name in the configuration. */
  name: z.string(),
  /** Without credentials. */
  address: z.string(),
  /** `partial`: it answers, but a right is missing. */
  state: z.enum(['connected', 'partial', 'unreachable', 'not-configured']),
  version: z.string().optional(),
  /** Round trip of the last check, in milliseconds. */
  latencyMs: z.number().nonnegative().optional(),
  /** One entry per set of credentials: reading, operating. */
  credentials: z.array(
    z.object({
      use: z.enum(['read', 'operate']),
      /** Whose they are, as the upstream says; undefined where it does not. */
      identity: z.string().optional(),
      /** Why there are none, or why they are not usable; with the configuration key to set. */
      problem: z.string().optional(),
      rights: z.array(connectionRightSchema),
    }),
  ),
  lastError: z.object({ code: z.string(), message: z.string(), at: z.string().datetime().optional() }).optional(),
  /** When the upstream last answered. */
  observedAt: z.string().datetime().optional(),
  checkedAt: z.string().datetime(),
});
export type Connection = z.infer<typeof connectionSchema>;

/** Query of `GET /v1/connections`. */
export const connectionListQuerySchema = z.object({
  /** `true`: check now instead of answering from the last check; a check that is a few seconds old may still do. */
  refresh: z.enum(['true', 'false']).optional(),
});

/** Reply of `GET /v1/connections`, which every area's backend has. */
export const connectionListSchema = z.object({ items: z.array(connectionSchema) });
export type ConnectionList = z.infer<typeof connectionListSchema>;
