import { z } from 'zod/v3';
import { evaluationSchema, qualitySchema } from './evaluation';
import { freshnessSchema } from './freshness';
import { datasetRefSchema, modelRefSchema } from './modelRef';

/**
 * Model types of the API (`Model.modelType`) that the portal can do more with than show. Every other type is shown
 * read-only.
 */
export const knownModelTypes = ['LINEAR_REGRESSION', 'LOGISTIC_REGRESSION'] as const;
export type KnownModelType = (typeof knownModelTypes)[number];

/** Types of feature columns (`StandardSqlDataType.typeKind`). */
export const columnSchema = z.object({ name: z.string(), type: z.string() });
export type Column = z.infer<typeof columnSchema>;

/** What a list shows of a model. */
export const modelSummarySchema = z.object({
  ref: modelRefSchema,
  /** The API's, for example `LINEAR_REGRESSION`. */
  type: z.string(),
  isKnownType: z.boolean(),
  friendlyName: z.string().optional(),
  description: z.string().optional(),
  label: z.string().optional(),
  featureCount: z.number().int(),
  /** Main measure of the newest training; left out where there is none. */
  quality: qualitySchema.optional(),
  labels: z.record(z.string()),
  location: z.string(),
  /** The entity in the catalogue, if it is known: registered or discovered. */
  entityRef: z.string().optional(),
  createdAt: z.string().datetime(),
  /** When it was last trained or changed. */
  modifiedAt: z.string().datetime(),
  expiresAt: z.string().datetime().optional(),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

/** Query of `GET /v1/models`. */
export const modelListQuerySchema = z.object({
  search: z.string().max(200).optional(),
  type: z.string().max(100).optional(),
  project: z.string().max(100).optional(),
  dataset: z.string().max(1024).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ModelListQuery = z.input<typeof modelListQuerySchema>;

export const modelListSchema = z.object({
  items: z.array(modelSummarySchema),
  nextCursor: z.string().optional(),
  /** One entry a connection: its freshness. */
  sources: z.array(freshnessSchema.partial({ observedAt: true }).extend({ connection: z.string() })),
  /** All types, projects and datasets that there are, for filters. */
  facets: z.object({ types: z.array(z.string()), datasets: z.array(datasetRefSchema) }),
});
export type ModelList = z.infer<typeof modelListSchema>;

/** One iteration of a training. Losses are the API's own. */
export const iterationSchema = z.object({
  index: z.number().int(),
  trainingLoss: z.number().optional(),
  evalLoss: z.number().optional(),
  learnRate: z.number().optional(),
  durationMs: z.number().optional(),
});
export type Iteration = z.infer<typeof iterationSchema>;

/** One training of a model. */
export const trainingRunSchema = z.object({
  startedAt: z.string().datetime().optional(),
  /** As the API has them, for example `optimizationStrategy: NORMAL_EQUATION`; values as text. */
  options: z.record(z.string()),
  iterations: z.array(iterationSchema),
  evaluation: evaluationSchema,
});
export type TrainingRun = z.infer<typeof trainingRunSchema>;

/** Everything that the model resource says; reading it costs no query. */
export const modelSchema = modelSummarySchema.extend({
  features: z.array(columnSchema),
  labelColumns: z.array(columnSchema),
  /** Newest last. */
  trainingRuns: z.array(trainingRunSchema),
  /** How much each feature matters for the whole model, if it was trained with global explanation. */
  globalExplanation: z.array(z.object({ feature: z.string(), attribution: z.number() })),
  /** Services that answer predictions of it. */
  serving: z.array(
    z.object({
      entityRef: z.string(),
      path: z.string(),
      /** Undefined: the configuration allows no address of it. */
      origin: z.string().optional(),
    }),
  ),
  freshness: freshnessSchema,
});
export type Model = z.infer<typeof modelSchema>;

/** Topic under which a model's state is streamed; its data is a {@link Model}. */
export function modelTopic(ref: string): string {
  return `ml-models:model/${ref}`;
}
