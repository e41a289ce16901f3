import { z } from 'zod/v3';
import { columnNameSchema, datasetIdSchema, projectIdSchema, tableIdSchema } from './modelRef';

/** Where the rows come from that a model is trained on. */
export const trainingSourceSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('csv'),
      /** With a heading line, comma separated, UTF-8. Loaded into `table`. */
      csv: z.string().min(1).max(1_000_000),
      table: tableIdSchema,
    })
    .strict(),
  z.object({ kind: z.literal('table'), table: tableIdSchema }).strict(),
  z.object({ kind: z.literal('query'), query: z.string().trim().min(1).max(100_000) }).strict(),
]);
export type TrainingSource = z.infer<typeof trainingSourceSchema>;

const regularisation = {
  l1Reg: z.number().min(0).optional(),
  l2Reg: z.number().min(0).optional(),
  maxIterations: z.number().int().min(1).max(1000).optional(),
};

/** Options by type, under BigQuery's names in camel case; left out, BigQuery's defaults hold. */
export const modelOptionsSchema = z.discriminatedUnion('modelType', [
  z
    .object({
      modelType: z.literal('linear_reg'),
      ...regularisation,
      optimizeStrategy: z.enum(['AUTO_STRATEGY', 'NORMAL_EQUATION', 'BATCH_GRADIENT_DESCENT']).optional(),
    })
    .strict(),
  z
    .object({ modelType: z.literal('logistic_reg'), ...regularisation, autoClassWeights: z.boolean().optional() })
    .strict(),
]);
export type ModelOptions = z.infer<typeof modelOptionsSchema>;

/** What a training has to reach, else it is taken back. All that is given has to hold. */
export const gateSchema = z
  .object({
    metric: z.enum(['r2_score', 'mean_absolute_error', 'roc_auc', 'accuracy', 'f1_score', 'log_loss']),
    /** At least so good; at most, for errors and losses. */
    bound: z.number().optional(),
    /** Against the model as it was: at most so much worse, in the metric's own unit. */
    maximumLoss: z.number().min(0).optional(),
  })
  .strict();
export type Gate = z.infer<typeof gateSchema>;

/** Input of `ml-models-create`. */
export const createModelInputSchema = z
  .object({
    project: projectIdSchema,
    dataset: datasetIdSchema,
    /** Make the dataset if it is not there; then its location is needed. */
    createDataset: z
      .object({ location: z.string().min(2).max(50) })
      .strict()
      .optional(),
    model: tableIdSchema,
    source: trainingSourceSchema,
    label: columnNameSchema,
    features: z.array(columnNameSchema).min(1).max(1000),
    options: modelOptionsSchema,
    gate: gateSchema.optional(),
    description: z.string().max(1000).optional(),
    /** Group or user that the entity's owner will be. */
    owner: z.string().min(1).max(200),
  })
  .strict();
export type CreateModelInput = z.infer<typeof createModelInputSchema>;

/** Input of `ml-models-retrain`; what is left out stays as the last training had it. */
export const retrainModelInputSchema = z
  .object({
    source: trainingSourceSchema.optional(),
    options: modelOptionsSchema.optional(),
    gate: gateSchema.optional(),
  })
  .strict();
export type RetrainModelInput = z.infer<typeof retrainModelInputSchema>;

/** Input of `ml-models-set-labels`: the labels as they shall be. https://cloud.google.com/bigquery/docs/labels-intro */
export const setLabelsInputSchema = z
  .object({ labels: z.record(z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/), z.string().regex(/^[a-z0-9_-]{0,63}$/)) })
  .strict();

/** Input of `ml-models-set-expiration`; null keeps the model for good. */
export const setExpirationInputSchema = z.object({ expiresAt: z.string().datetime().nullable() }).strict();

/** Input of `ml-models-cancel-job`. */
export const cancelJobInputSchema = z.object({ jobId: z.string().regex(/^[A-Za-z0-9_-]{1,1024}$/) }).strict();
