import { z } from 'zod/v3';

const timeSchema = z.string().datetime();
const countSchema = z.number().int().nonnegative();

/** How many runs of the ledger are in a state. */
export const runCountSchema = z.object({ state: z.string(), count: countSchema });
export type RunCount = z.infer<typeof runCountSchema>;

/** A process that carries out runs now, by its lease. */
export const runCarrierSchema = z.object({ process: z.string(), runCount: countSchema });
export type RunCarrier = z.infer<typeof runCarrierSchema>;

/** What all processes share. */
export const databaseAccountSchema = z.object({ kind: z.enum(['PostgreSQL', 'SQLite']), version: z.string() });
export type DatabaseAccount = z.infer<typeof databaseAccountSchema>;

/** What the configuration says of who may let the door do something without clicking in the portal. */
export const doorRulesSchema = z.object({
  /** Ids of operations that a tool may run without a person's confirmation. */
  agentsMayRun: z.array(z.string()),
  /** Programs that may use the door. */
  services: z.array(z.object({ name: z.string(), operations: z.array(z.string()), owners: z.array(z.string()) })),
  /** Whether tokens of sign-ins can be told from those of OAuth clients. */
  areSignInsMarked: z.boolean(),
  /** Whether OAuth clients get tokens of people at all. */
  mayClientsSignIn: z.boolean(),
});
export type DoorRules = z.infer<typeof doorRulesSchema>;

/** Whether people who did not sign in may read. */
export const guestRuleSchema = z.object({ isAllowed: z.boolean() });
export type GuestRule = z.infer<typeof guestRuleSchema>;

/** One provider that people sign in with. */
export const signInAccountSchema = z.object({
  /** As in the configuration, for example `oidc`. */
  provider: z.string(),
  /** Undefined until its metadata could be read. */
  issuer: z.string().optional(),
  /** Whether its metadata could not be read when that was last tried. */
  isFailing: z.boolean(),
});
export type SignInAccount = z.infer<typeof signInAccountSchema>;

/** One way on which notifications leave the portal. */
export const wayOutSchema = z.object({
  kind: z.enum(['email', 'slack', 'webhook']),
  /** Of a web hook, as in the configuration. */
  name: z.string().optional(),
  /** False: only the log knows what failed. */
  areFailuresKnown: z.boolean(),
  /** The last notification that the other side did not take, since this process began. Safe to show. */
  lastFailure: z.object({ at: timeSchema, message: z.string() }).optional(),
  /** When the other side last took one, since this process began. */
  lastDeliveredAt: timeSchema.optional(),
});
export type WayOut = z.infer<typeof wayOutSchema>;

/** What areas tell of the portal; each part is a list, to which several of them may add. */
export const portalPartsSchema = z.object({
  databases: z.array(databaseAccountSchema),
  doorRules: z.array(doorRulesSchema),
  guestRules: z.array(guestRuleSchema),
  runCarriers: z.array(runCarrierSchema),
  runs: z.array(runCountSchema),
  signIns: z.array(signInAccountSchema),
  waysOut: z.array(wayOutSchema),
});
export type PortalParts = z.infer<typeof portalPartsSchema>;
