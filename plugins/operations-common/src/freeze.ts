import { z } from 'zod/v3';
import { entityRefSchema, noteSchema, storedTextSchema, timestampSchema } from './target';

/** What a freeze is about: all that is given has to match. At least one is. */
export const freezeScopeSchema = z
  .object({
    cluster: storedTextSchema(255).optional(),
    namespace: storedTextSchema(255).optional(),
    entityRef: entityRefSchema.optional(),
    environment: storedTextSchema(100).optional(),
  })
  .strict();
export type FreezeScope = z.infer<typeof freezeScopeSchema>;

export const freezeStateSchema = z.enum(['planned', 'active', 'over']);
export type FreezeState = z.infer<typeof freezeStateSchema>;

/** A part of an upstream system; an empty one is all of them. */
export const placeSchema = z.object({
  cluster: z.string().optional(),
  namespace: z.string().optional(),
  project: z.string().optional(),
  dataset: z.string().optional(),
});

/** A time in which nothing is changed in a place. */
export const freezeSchema = z.object({
  id: z.string().uuid(),
  scope: freezeScopeSchema,
  reason: z.string(),
  startsAt: timestampSchema,
  endsAt: timestampSchema,
  createdBy: entityRefSchema,
  createdAt: timestampSchema,
  /** Who ended it before its time. */
  endedBy: entityRefSchema.optional(),
  state: freezeStateSchema,
  /**
   * Where the scope's entity is as the catalogue says. Everything in these places is held as long as upstream has not said
   * what the entity stands for; left out once it has.
   */
  unconfirmed: z.array(placeSchema).optional(),
});
export type Freeze = z.infer<typeof freezeSchema>;

/** Body of `POST /v1/freezes`. */
export const freezeRequestSchema = z
  .object({
    scope: freezeScopeSchema.refine(scope => Object.values(scope).some(part => part !== undefined), {
      message: 'name at least one of cluster, namespace, entityRef and environment',
    }),
    reason: noteSchema,
    /** Default: now. */
    startsAt: timestampSchema.optional(),
    endsAt: timestampSchema,
  })
  .strict();
export type FreezeRequest = z.input<typeof freezeRequestSchema>;

/** Query of `GET /v1/freezes`, those that end last first. */
export const freezeListQuerySchema = z.object({
  /** Only those that concern this entity now or later. */
  entityRef: entityRefSchema.optional(),
  /** Default: only what is planned or active. */
  past: z.enum(['true', 'false']).default('false'),
});
export type FreezeListQuery = z.input<typeof freezeListQuerySchema>;

export const freezeListSchema = z.object({ items: z.array(freezeSchema) });
