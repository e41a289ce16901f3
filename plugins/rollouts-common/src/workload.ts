import { z } from 'zod/v3';
import { freshnessSchema, kubernetesTimeSchema, missingPartSchema } from './freshness';
import { healthSchema } from './health';
import { podSchema } from './pod';
import { computeQuantitiesSchema } from './quantities';
import { workloadKindSchema } from './workloadKinds';

export const containerImageSchema = z.object({ container: z.string(), image: z.string() });
export type ContainerImage = z.infer<typeof containerImageSchema>;

/** One entry of the rollout history of a Deployment: a ReplicaSet that it owns. */
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

/** What one container of the pod template asks for, and what its pods use together. */
export const containerResourcesSchema = z.object({
  container: z.string(),
  /** Per pod. */
  requests: computeQuantitiesSchema,
  /** Per pod. */
  limits: computeQuantitiesSchema,
  /** Mean per pod that reports; absent without a metrics API. */
  usage: computeQuantitiesSchema.optional(),
});
export type ContainerResources = z.infer<typeof containerResourcesSchema>;

/** Where the workload can be reached, and by whom. */
export const addressSchema = z.object({
  /** A URL where the protocol is known, otherwise `host:port`. */
  address: z.string(),
  /** What makes it reachable, for example `Ingress/todo-ingress` or `Service/backend (NodePort)`. */
  source: z.string(),
  /** Who can reach it: pods of the cluster, the nodes' network, or whoever reaches the ingress or load balancer. */
  reach: z.enum(['cluster', 'nodes', 'outside']),
  /** Whether at least one ready pod stands behind it. */
  hasReadyEndpoints: z.boolean(),
});
export type Address = z.infer<typeof addressSchema>;

/** The HorizontalPodAutoscaler that holds the replicas. */
export const autoscalerSchema = z.object({
  name: z.string(),
  minReplicas: z.number().int(),
  maxReplicas: z.number().int(),
  currentReplicas: z.number().int(),
  desiredReplicas: z.number().int(),
  /** For example `cpu: 42 % of 80 %`. */
  metrics: z.array(z.object({ name: z.string(), current: z.string().optional(), target: z.string() })),
  conditions: z.array(z.object({ type: z.string(), status: z.string(), reason: z.string(), message: z.string() })),
  lastScaleAt: kubernetesTimeSchema.optional(),
});
export type Autoscaler = z.infer<typeof autoscalerSchema>;

/** One Job that a CronJob started. */
export const scheduledJobSchema = z.object({
  name: z.string(),
  state: z.enum(['running', 'complete', 'failed', 'suspended']),
  startedAt: kubernetesTimeSchema.optional(),
  finishedAt: kubernetesTimeSchema.optional(),
  message: z.string().optional(),
});

/** When a CronJob runs and how it went; newest job first. */
export const scheduleSchema = z.object({
  /** Five fields, or a macro like `@hourly`. */
  cron: z.string(),
  timeZone: z.string().optional(),
  isSuspended: z.boolean(),
  lastScheduledAt: kubernetesTimeSchema.optional(),
  lastSuccessfulAt: kubernetesTimeSchema.optional(),
  jobs: z.array(scheduledJobSchema),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** Pods of one workload that a reply carries at most: those in trouble first. */
export const maxPodCount = 200;

/** Everything that a workload's page shows. */
export const workloadSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  kind: workloadKindSchema,
  name: z.string(),
  uid: z.string(),
  createdAt: kubernetesTimeSchema,
  health: healthSchema,
  /** When the pod template last changed; of a Deployment. Its ReplicaSet may be older: a rollback takes it up again. */
  lastChangedAt: kubernetesTimeSchema.optional(),
  /** Update strategy, or concurrency policy of a CronJob. */
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
  resources: z.array(containerResourcesSchema),
  /** Newest first; empty for kinds other than Deployment. */
  revisions: z.array(revisionSchema),
  /** In trouble first, then by name; at most {@link maxPodCount}. */
  pods: z.array(podSchema),
  /** How many pods there are before the list was cut. */
  podCount: z.number().int(),
  /** Newest first, at most 50. */
  events: z.array(workloadEventSchema),
  addresses: z.array(addressSchema),
  autoscaler: autoscalerSchema.optional(),
  /** CronJobs only. */
  schedule: scheduleSchema.optional(),
  /** Parts that could not be read, with the reason, for example `metrics: the cluster has no metrics API`. */
  missing: z.array(missingPartSchema),
  freshness: freshnessSchema,
});
export type Workload = z.infer<typeof workloadSchema>;

export const workloadParamsSchema = z.object({
  cluster: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
  kind: workloadKindSchema,
  name: z.string().min(1).max(253),
});
