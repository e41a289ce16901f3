import { z } from 'zod/v3';
import { freshnessSchema, kubernetesTimeSchema, missingPartSchema } from './freshness';
import { healthSchema, healthStateSchema } from './health';
import { containerImageSchema } from './workload';
import { workloadKindSchema } from './workloadKinds';

/** One row of a list of workloads. */
export const workloadSummarySchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  kind: workloadKindSchema,
  name: z.string(),
  /** Entity as which it is discovered, or that it names. */
  entityRef: z.string(),
  health: healthSchema,
  images: z.array(containerImageSchema),
  replicas: z.object({ desired: z.number().int(), ready: z.number().int() }),
  restarts: z.number().int(),
  /** When its pod template last changed, where that is known. */
  lastChangedAt: kubernetesTimeSchema.optional(),
});
export type WorkloadSummary = z.infer<typeof workloadSummarySchema>;

/** Query of `GET /v1/workloads`. Worst health first, then cluster, namespace, name. */
export const workloadListQuerySchema = z.object({
  /** `problems`: only those that are failed, degraded or progressing for too long. */
  show: z.enum(['all', 'problems']).default('all'),
  /** Only those of this health, besides what `show` says. */
  health: healthStateSchema.optional(),
  cluster: z.string().max(253).optional(),
  namespace: z.string().max(63).optional(),
  kind: workloadKindSchema.optional(),
  /** Part of a name, namespace or image, case-insensitive. */
  text: z.string().max(200).optional(),
  /** Only those that are one of these entities: complete refs, joined by commas. */
  entityRefs: z.string().max(12_000).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type WorkloadListQuery = z.input<typeof workloadListQuerySchema>;

export const clusterFreshnessSchema = freshnessSchema.extend({
  cluster: z.string(),
  /** Parts of the cluster that could not be read, with the reason; absent where there are none. */
  missing: z.array(missingPartSchema).optional(),
});

/** A cluster of the configuration that is not read, with the reason. */
export const clusterNotReadSchema = z.object({ name: z.string(), reason: z.string() });

export const workloadListSchema = z.object({
  items: z.array(workloadSummarySchema),
  /** How many there are before `limit` cut the list. */
  totalCount: z.number().int(),
  nextCursor: z.string().optional(),
  /** How many of each health there are under the same filter, whatever `show` and `health` say. */
  healthCounts: z.record(z.number().int()),
  /** Values that the filters can take. */
  namespaces: z.array(z.string()),
  /** One a cluster, so that a reader sees which part of the list may be old. */
  clusters: z.array(clusterFreshnessSchema),
  notRead: z.array(clusterNotReadSchema),
});
export type WorkloadList = z.infer<typeof workloadListSchema>;

/** What runs where: one image repository with the versions of it that run. Reply of `GET /v1/images`. */
export const runningImagesSchema = z.object({
  items: z.array(
    z.object({
      /** Image without tag and digest, for example `ghcr.io/team/backend`. */
      repository: z.string(),
      versions: z.array(
        z.object({
          /** Tag, or digest where there is no tag. */
          version: z.string(),
          workloads: z.array(
            z.object({
              cluster: z.string(),
              namespace: z.string(),
              kind: workloadKindSchema,
              name: z.string(),
              entityRef: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
  clusters: z.array(clusterFreshnessSchema),
  notRead: z.array(clusterNotReadSchema),
});
export type RunningImages = z.infer<typeof runningImagesSchema>;
