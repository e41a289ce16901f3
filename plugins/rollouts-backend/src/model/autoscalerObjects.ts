import { z } from 'zod/v3';
import type { ResourceType } from '../client/KubernetesClient';
import { conditionSchema, metadataSchema, quantitySchema, timeSchema } from './kubernetesObjects';

/*
 * HorizontalPodAutoscalers, trimmed.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/
 */

const metricValueSchema = z
  .object({ averageUtilization: z.number(), averageValue: quantitySchema, value: quantitySchema })
  .partial();
export type MetricValue = z.infer<typeof metricValueSchema>;

const namedSchema = z.object({ name: z.string().default('') });
const side = z.object({
  name: z.string().optional(),
  metric: namedSchema.optional(),
  target: metricValueSchema.optional(),
  current: metricValueSchema.optional(),
});

/** Both the wanted (`target`) and the present (`current`) form; which one is set says where it stands. */
const metricSchema = z.object({
  type: z.string(),
  resource: side.optional(),
  containerResource: side.optional(),
  pods: side.optional(),
  object: side.optional(),
  external: side.optional(),
});
export type AutoscalerMetric = z.infer<typeof metricSchema>;

export const autoscalerSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
    minReplicas: z.number().default(1),
    maxReplicas: z.number(),
    metrics: z.array(metricSchema).default([]),
  }),
  status: z
    .object({
      currentReplicas: z.number().default(0),
      desiredReplicas: z.number().default(0),
      lastScaleTime: timeSchema.nullish(),
      currentMetrics: z
        .array(metricSchema)
        .nullish()
        .transform(metrics => metrics ?? []),
      conditions: z.array(conditionSchema).default([]),
    })
    .default({}),
});
export type HorizontalPodAutoscaler = z.infer<typeof autoscalerSchema>;

export const autoscalerType: ResourceType<HorizontalPodAutoscaler> = {
  group: 'autoscaling',
  version: 'v2',
  plural: 'horizontalpodautoscalers',
  schema: autoscalerSchema,
};
