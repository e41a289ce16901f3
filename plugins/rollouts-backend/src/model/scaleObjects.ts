import { z } from 'zod/v3';
import type { ResourceType } from '../client/KubernetesClient';
import { autoscalerSchema, autoscalerType } from './autoscalerObjects';
import { documentMetadataSchema } from './rollbackDocuments';

const scaleSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string(), uid: z.string(), resourceVersion: z.string() }),
  // Kubernetes leaves a 0 out.
  spec: z.object({ replicas: z.number().default(0) }).default({}),
});
export type Scale = z.infer<typeof scaleSchema>;

/** Kinds of workload whose number of replicas can be set. */
export const scalableKinds = ['Deployment', 'StatefulSet'] as const;
export type ScalableKind = (typeof scalableKinds)[number];

/**
 * The number of replicas of a workload, which has an address and rights of its own.
 *
 * Source: {@link https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1/}
 */
export function scaleTypeOf(kind: ScalableKind): ResourceType<Scale> {
  const plural = kind === 'Deployment' ? 'deployments' : 'statefulsets';
  return { group: 'apps', version: 'v1', plural, subresource: 'scale', schema: scaleSchema };
}

const autoscalerDocumentSchema = z.object({
  metadata: documentMetadataSchema,
  spec: autoscalerSchema.shape.spec,
});
export type AutoscalerDocument = z.infer<typeof autoscalerDocumentSchema>;

/** An autoscaler with what a patch is guarded by. */
export const autoscalerDocumentType: ResourceType<AutoscalerDocument> = {
  ...autoscalerType,
  schema: autoscalerDocumentSchema,
};
