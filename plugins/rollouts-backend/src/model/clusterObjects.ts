import { z } from 'zod/v3';
import type { ResourceType } from '../client/KubernetesClient';
import { clusterMetadataSchema, conditionSchema, quantitySchema } from './kubernetesObjects';

/*
 * What a cluster consists of, and what is used of it, trimmed.
 * Sources: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.32/,
 * https://github.com/kubernetes/metrics/blob/master/pkg/apis/metrics/v1beta1/types.go
 */

const nodeSchema = z.object({
  metadata: clusterMetadataSchema,
  spec: z.object({ unschedulable: z.boolean().default(false) }).default({}),
  status: z
    .object({
      allocatable: z
        .object({ cpu: quantitySchema, memory: quantitySchema, pods: quantitySchema })
        .partial()
        .default({}),
      addresses: z.array(z.object({ type: z.string(), address: z.string() })).default([]),
      conditions: z.array(conditionSchema).default([]),
      nodeInfo: z.object({ kubeletVersion: z.string().default(''), osImage: z.string().default('') }).default({}),
    })
    .default({}),
});
export type KubernetesNode = z.infer<typeof nodeSchema>;

const namespaceSchema = z.object({ metadata: clusterMetadataSchema });
export type KubernetesNamespace = z.infer<typeof namespaceSchema>;

const usageSchema = z.object({ cpu: quantitySchema, memory: quantitySchema });

const nodeMetricsSchema = z.object({ metadata: z.object({ name: z.string() }), usage: usageSchema });
export type NodeMetrics = z.infer<typeof nodeMetricsSchema>;

const podMetricsSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  containers: z.array(z.object({ name: z.string(), usage: usageSchema })),
});
export type PodMetrics = z.infer<typeof podMetricsSchema>;

export const nodeType: ResourceType<KubernetesNode> = { group: '', version: 'v1', plural: 'nodes', schema: nodeSchema };

export const namespaceType: ResourceType<KubernetesNamespace> = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  schema: namespaceSchema,
};

export const nodeMetricsType: ResourceType<NodeMetrics> = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  plural: 'nodes',
  schema: nodeMetricsSchema,
};

export const podMetricsType: ResourceType<PodMetrics> = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  plural: 'pods',
  schema: podMetricsSchema,
};
