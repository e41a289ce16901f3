import { z } from 'zod/v3';
import type { ResourceType } from '../client/KubernetesClient';
import { deploymentStatusSchema } from './kubernetesObjects';

/*
 * Deployment and ReplicaSet as a rollback needs them: the pod template is kept as the cluster wrote it, with every field,
 * because it is written back.
 */

export const stringMapSchema = z.record(z.string()).default({});

export const podTemplateSchema = z
  .object({
    metadata: z
      .object({ labels: z.record(z.string()).optional() })
      .passthrough()
      .optional(),
  })
  .passthrough();
export type PodTemplate = z.infer<typeof podTemplateSchema>;

export const labelSelectorSchema = z.object({
  matchLabels: stringMapSchema,
  matchExpressions: z
    .array(z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).default([]) }))
    .default([]),
});
export type LabelSelector = z.infer<typeof labelSelectorSchema>;

/** Metadata with what a patch is guarded by. */
export const documentMetadataSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.number().default(0),
  annotations: stringMapSchema,
  labels: stringMapSchema,
  ownerReferences: z
    .array(z.object({ kind: z.string(), name: z.string(), uid: z.string(), controller: z.boolean().optional() }))
    .default([]),
});

const deploymentDocumentSchema = z.object({
  kind: z.literal('Deployment').default('Deployment'),
  metadata: documentMetadataSchema,
  spec: z.object({
    replicas: z.number().default(1),
    paused: z.boolean().default(false),
    strategy: z.object({ type: z.string().default('RollingUpdate') }).default({}),
    revisionHistoryLimit: z.number().optional(),
    selector: labelSelectorSchema,
    template: podTemplateSchema,
  }),
  status: deploymentStatusSchema,
});
export type DeploymentDocument = z.infer<typeof deploymentDocumentSchema>;

const replicaSetDocumentSchema = z.object({
  metadata: documentMetadataSchema,
  spec: z.object({ template: podTemplateSchema }),
  status: z.object({ replicas: z.number().default(0), readyReplicas: z.number().default(0) }).default({}),
});
export type ReplicaSetDocument = z.infer<typeof replicaSetDocumentSchema>;

export const deploymentDocumentType: ResourceType<DeploymentDocument> = {
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  schema: deploymentDocumentSchema,
};

export const replicaSetDocumentType: ResourceType<ReplicaSetDocument> = {
  group: 'apps',
  version: 'v1',
  plural: 'replicasets',
  schema: replicaSetDocumentSchema,
};

/**
 * A label selector as the `labelSelector` query parameter writes it.
 *
 * Source: {@link https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors}
 */
export function formatLabelSelector(selector: LabelSelector): string {
  const equalities = Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = selector.matchExpressions.map(({ key, operator, values }) => {
    switch (operator) {
      case 'In':
        return `${key} in (${values.join(',')})`;
      case 'NotIn':
        return `${key} notin (${values.join(',')})`;
      case 'Exists':
        return key;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        throw new Error(`Unknown operator ${operator} in a label selector`);
    }
  });
  return [...equalities, ...expressions].join(',');
}
