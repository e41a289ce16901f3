import { z } from 'zod/v3';

/** The one number by which a list compares models of one type: R² or area under the ROC curve, else F1. */
export const qualitySchema = z.object({
  metric: z.enum(['r2_score', 'roc_auc', 'f1_score', 'accuracy']),
  value: z.number(),
});
export type Quality = z.infer<typeof qualitySchema>;

const named = z.array(z.object({ metric: z.string(), value: z.number() }));

/** Counts at one threshold of a binary classifier. */
export const thresholdCountsSchema = z.object({
  threshold: z.number(),
  truePositives: z.number(),
  falsePositives: z.number(),
  trueNegatives: z.number(),
  falseNegatives: z.number(),
  precision: z.number().optional(),
  recall: z.number().optional(),
  f1Score: z.number().optional(),
  accuracy: z.number().optional(),
});
export type ThresholdCounts = z.infer<typeof thresholdCountsSchema>;

/** Rows of what is so, columns of what was predicted. */
export const confusionMatrixSchema = z.object({
  threshold: z.number().optional(),
  labels: z.array(z.string()),
  /** `counts[actual][predicted]`, in the order of `labels`. */
  counts: z.array(z.array(z.number())),
});
export type ConfusionMatrix = z.infer<typeof confusionMatrixSchema>;

/** What a training says about its quality, by the kind of model; `none` where the API says nothing the portal knows. */
export const evaluationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('regression'), metrics: named }),
  z.object({
    kind: z.literal('binary'),
    metrics: named,
    positiveLabel: z.string(),
    negativeLabel: z.string(),
    /** Ascending by threshold. */
    thresholds: z.array(thresholdCountsSchema),
  }),
  z.object({ kind: z.literal('multiclass'), metrics: named, confusionMatrix: confusionMatrixSchema.optional() }),
  z.object({ kind: z.literal('none') }),
]);
export type Evaluation = z.infer<typeof evaluationSchema>;

/** Reply of `POST /v1/models/…/residuals`: what the training's query returns now, by a query that is billed. */
export const residualsSchema = z.object({
  /** By size of the actual value; of more than two thousand each n-th. */
  points: z.array(z.object({ actual: z.number(), predicted: z.number() })),
  bytesBilled: z.number(),
});
export type Residuals = z.infer<typeof residualsSchema>;
