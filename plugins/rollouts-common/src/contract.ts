import { z } from 'zod/v3';

/** ISO 8601 in UTC, as Kubernetes writes it. */
export const kubernetesTimeSchema = z.string().datetime({ offset: true });

/** How a workload is, in one word; the worst that is true of it. */
export const healthStateSchema = z.enum(['healthy', 'progressing', 'degraded', 'failed', 'paused', 'scaled-to-zero']);
export type HealthState = z.infer<typeof healthStateSchema>;

/** Health in words. Reasons are Kubernetes' own (`ImagePullBackOff`, `ProgressDeadlineExceeded`…). */
export const healthSchema = z.object({
  state: healthStateSchema,
  /** What is the matter, in a sentence with names and numbers. */
  message: z.string(),
  /** What to try; undefined where nothing is the matter. */
  advice: z.string().optional(),
  reason: z.string().optional(),
  /** Since when, where that is known. */
  since: kubernetesTimeSchema.optional(),
});
export type Health = z.infer<typeof healthSchema>;

export const containerImageSchema = z.object({ container: z.string(), image: z.string() });
export type ContainerImage = z.infer<typeof containerImageSchema>;

/** One entry of the rollout history: a ReplicaSet that the Deployment owns. */
export const revisionSchema = z.object({
  /** `deployment.kubernetes.io/revision`. */
  revision: z.number().int().positive(),
  replicaSet: z.string(),
  isCurrent: z.boolean(),
  createdAt: kubernetesTimeSchema,
  /** `kubernetes.io/change-cause`. */
  changeCause: z.string().optional(),
  images: z.array(containerImageSchema),
  replicas: z.number().int(),
  readyReplicas: z.number().int(),
});
export type Revision = z.infer<typeof revisionSchema>;

export const podSchema = z.object({
  name: z.string(),
  revision: z.number().int().positive().optional(),
  phase: z.string(),
  /** What is wrong, as Kubernetes says it, for example `ImagePullBackOff`. */
  reason: z.string().optional(),
  message: z.string().optional(),
  isReady: z.boolean(),
  isTerminating: z.boolean(),
  restarts: z.number().int(),
  node: z.string().optional(),
  createdAt: kubernetesTimeSchema,
});
export type Pod = z.infer<typeof podSchema>;

export const workloadEventSchema = z.object({
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  /** `Kind/name` of the object it is about. */
  object: z.string(),
  count: z.number().int(),
  lastSeen: kubernetesTimeSchema,
});
export type WorkloadEvent = z.infer<typeof workloadEventSchema>;

/** How old what is shown may be, and why it is not newer. */
export const freshnessSchema = z.object({
  /** When the cluster last said something about this. */
  observedAt: z.string().datetime(),
  /** True: the connection is down and this is the last known state. */
  isStale: z.boolean(),
  /** Why, when stale; safe to show. */
  problem: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

const workloadIdentity = {
  cluster: z.string(),
  namespace: z.string(),
  kind: z.literal('Deployment'),
  name: z.string(),
};

/** Everything that a workload's page shows. */
export const workloadSchema = z.object({
  ...workloadIdentity,
  uid: z.string(),
  createdAt: kubernetesTimeSchema,
  health: healthSchema,
  strategy: z.string(),
  isPaused: z.boolean(),
  replicas: z.object({
    desired: z.number().int(),
    current: z.number().int(),
    updated: z.number().int(),
    ready: z.number().int(),
    available: z.number().int(),
  }),
  images: z.array(containerImageSchema),
  /** Newest first. */
  revisions: z.array(revisionSchema),
  pods: z.array(podSchema),
  /** Newest first, at most 50. */
  events: z.array(workloadEventSchema),
  freshness: freshnessSchema,
});
export type Workload = z.infer<typeof workloadSchema>;

/** One row of a list of workloads. */
export const workloadSummarySchema = z.object({
  ...workloadIdentity,
  /** Entity as which it is discovered, or that it names. */
  entityRef: z.string(),
  health: healthSchema,
  images: z.array(containerImageSchema),
  replicas: z.object({ desired: z.number().int(), ready: z.number().int() }),
});
export type WorkloadSummary = z.infer<typeof workloadSummarySchema>;

/** Query of `GET /v1/workloads`. Worst health first. */
export const workloadListQuerySchema = z.object({
  /** `problems`: only those that are failed, degraded or progressing for too long. */
  show: z.enum(['all', 'problems']).default('all'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type WorkloadListQuery = z.input<typeof workloadListQuerySchema>;

export const clusterFreshnessSchema = freshnessSchema.extend({ cluster: z.string() });
export const workloadListSchema = z.object({
  items: z.array(workloadSummarySchema),
  /** How many there are before `limit` cut the list. */
  totalCount: z.number().int(),
  /** One a cluster, so that a reader sees which part of the list may be old. */
  clusters: z.array(clusterFreshnessSchema),
  /** Clusters of the configuration that are not read, with the reason. */
  notRead: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type WorkloadList = z.infer<typeof workloadListSchema>;

export const workloadParamsSchema = z.object({
  cluster: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
  name: z.string().min(1).max(253),
});

/** Input of the operation `rollouts-rollback`. */
export const rollbackInputSchema = z
  .object({
    /** Revision to go back to; left out: the one before the present, as `kubectl rollout undo` does. */
    toRevision: z.number().int().positive().optional(),
  })
  .strict();
export type RollbackInput = z.infer<typeof rollbackInputSchema>;

/** Id of the operation that rolls a Deployment back. */
export const ROLLBACK_OPERATION = 'rollouts-rollback';
