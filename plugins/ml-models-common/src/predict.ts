import { z } from 'zod/v3';
import { freshnessSchema } from './freshness';

/** A feature's value as a person gave it; null is missing. Numbers beyond 2^53 come as text. */
export const featureValueSchema = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]);
export type FeatureValue = z.infer<typeof featureValueSchema>;

/** Body of `POST /v1/models/…/prediction-estimates` and of `…/predictions`. */
export const predictRequestSchema = z
  .object({
    /** Each names every feature column. */
    rows: z.array(z.record(featureValueSchema)).min(1).max(1000),
    /** Of a binary classifier; default: the model's. */
    threshold: z.number().min(0).max(1).optional(),
    /** Also how much each feature moved each prediction. */
    explain: z.boolean().default(false),
  })
  .strict();
export type PredictRequest = z.input<typeof predictRequestSchema>;

/** What a query would cost, from a dry run. */
export const estimateSchema = z.object({
  bytesProcessed: z.number(),
  /** The most that the query may bill; upstream refuses beyond. */
  maximumBytesBilled: z.number(),
  /** In the currency of the configuration; left out where no price is configured. */
  cost: z.object({ amount: z.number(), currency: z.string() }).optional(),
});
export type Estimate = z.infer<typeof estimateSchema>;

export const predictionSchema = z.object({
  features: z.record(featureValueSchema),
  predicted: z.union([z.number(), z.string(), z.boolean(), z.null()]),
  /** Of a classifier, the most probable first. */
  probabilities: z.array(z.object({ label: z.string(), probability: z.number() })),
  /** How much each feature moved this prediction, the largest first; with what the model says without any. */
  explanation: z
    .object({
      baseline: z.number(),
      attributions: z.array(z.object({ feature: z.string(), attribution: z.number() })),
    })
    .optional(),
});
export type Prediction = z.infer<typeof predictionSchema>;

/** Reply of `POST /v1/models/…/predictions`. */
export const predictionsSchema = z.object({
  id: z.string().uuid(),
  /** Name of the predicted column's label, for example `avg_temp_celsius`. */
  label: z.string(),
  predictions: z.array(predictionSchema),
  job: z.object({ id: z.string(), bytesProcessed: z.number(), bytesBilled: z.number(), isCacheHit: z.boolean() }),
  /** From the portal's question to upstream's answer, in milliseconds. */
  durationMs: z.number(),
  createdAt: z.string().datetime(),
});
export type Predictions = z.infer<typeof predictionsSchema>;

/** One of a person's own recent predictions of a model: the question, to ask it again. */
export const recentPredictionSchema = z.object({
  id: z.string().uuid(),
  rows: z.array(z.record(featureValueSchema)),
  predicted: z.array(predictionSchema.shape.predicted),
  createdAt: z.string().datetime(),
});
export const recentPredictionsSchema = z.object({ items: z.array(recentPredictionSchema) });
export type RecentPrediction = z.infer<typeof recentPredictionSchema>;

/** What is known of a feature column: for the form of a prediction, and for the page of features. */
export const featureStatisticsSchema = z.object({
  name: z.string(),
  type: z.string(),
  min: z.number().optional(),
  max: z.number().optional(),
  mean: z.number().optional(),
  median: z.number().optional(),
  stddev: z.number().optional(),
  categoryCount: z.number().optional(),
  nullCount: z.number().optional(),
  /** Of a feature with categories, those that the model knows; at most a hundred. */
  categories: z.array(z.string()),
  /** One for a number, one per category else; left out where the model has none. */
  weights: z.array(z.object({ category: z.string().optional(), weight: z.number() })),
});
export type FeatureStatistics = z.infer<typeof featureStatisticsSchema>;

/** Reply of `GET /v1/models/…/features`; asked once per training of the model, then remembered. */
export const featuresSchema = z.object({
  features: z.array(featureStatisticsSchema),
  intercept: z.number().optional(),
  freshness: freshnessSchema,
});
export type Features = z.infer<typeof featuresSchema>;
