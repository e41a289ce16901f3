import { z } from 'zod/v3';
import { clusterNotReadSchema } from './fleet';
import { freshnessSchema, kubernetesTimeSchema, missingPartSchema } from './freshness';
import { computeQuantitiesSchema } from './quantities';

/** One node and what is asked of it. */
export const clusterNodeSchema = z.object({
  name: z.string(),
  isReady: z.boolean(),
  /** Unschedulable: `kubectl cordon`. */
  isCordoned: z.boolean(),
  roles: z.array(z.string()),
  kubeletVersion: z.string(),
  osImage: z.string(),
  createdAt: kubernetesTimeSchema,
  /** What pods may ask for. */
  allocatable: computeQuantitiesSchema,
  /** Sum of what its pods ask for. */
  requested: computeQuantitiesSchema,
  /** Present use, where the cluster has a metrics API. */
  usage: computeQuantitiesSchema.optional(),
  podCount: z.number().int(),
  podCapacity: z.number().int(),
  /** Conditions that are not as they should be, in words. */
  problems: z.array(z.string()),
});
export type ClusterNode = z.infer<typeof clusterNodeSchema>;

export const clusterSummarySchema = z.object({
  name: z.string(),
  entityRef: z.string(),
  /** For example `v1.32.4+k3s1`; absent while it is not known. */
  version: z.string().optional(),
  nodes: z.object({ total: z.number().int(), ready: z.number().int() }),
  workloads: z.object({ total: z.number().int(), problems: z.number().int() }),
  pods: z.object({ total: z.number().int(), running: z.number().int(), capacity: z.number().int() }),
  allocatable: computeQuantitiesSchema,
  requested: computeQuantitiesSchema,
  usage: computeQuantitiesSchema.optional(),
  freshness: freshnessSchema,
});
export type ClusterSummary = z.infer<typeof clusterSummarySchema>;

export const clusterListSchema = z.object({
  items: z.array(clusterSummarySchema),
  notRead: z.array(clusterNotReadSchema),
});
export type ClusterList = z.infer<typeof clusterListSchema>;

/** Everything that a cluster's page shows, besides its workloads (`GET /v1/workloads?cluster=`). */
export const clusterSchema = clusterSummarySchema.extend({
  nodeList: z.array(clusterNodeSchema),
  namespaces: z.array(z.object({ name: z.string(), workloadCount: z.number().int(), podCount: z.number().int() })),
  /** Parts that could not be read, with the reason. */
  missing: z.array(missingPartSchema),
});
export type Cluster = z.infer<typeof clusterSchema>;

export const clusterParamsSchema = z.object({ cluster: z.string().min(1).max(253) });
