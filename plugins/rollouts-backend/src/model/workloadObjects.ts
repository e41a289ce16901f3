import { z } from 'zod/v3';
import type { ResourceType } from '../client/KubernetesClient';
import {
  conditionSchema,
  metadataSchema,
  templateSchema,
  timeSchema,
  workloadMetadataSchema,
  type Deployment,
  type PodTemplate,
} from './kubernetesObjects';

/*
 * Workloads other than Deployments, trimmed.
 * Source: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.32/
 */

export const statefulSetSchema = z.object({
  kind: z.literal('StatefulSet').default('StatefulSet'),
  metadata: workloadMetadataSchema,
  spec: z.object({
    replicas: z.number().default(1),
    updateStrategy: z
      .object({
        type: z.string().default('RollingUpdate'),
        rollingUpdate: z.object({ partition: z.number().default(0) }).default({}),
      })
      .default({}),
    template: templateSchema,
  }),
  status: z
    .object({
      observedGeneration: z.number().default(0),
      replicas: z.number().default(0),
      readyReplicas: z.number().default(0),
      availableReplicas: z.number().optional(),
      updatedReplicas: z.number().default(0),
      currentRevision: z.string().default(''),
      updateRevision: z.string().default(''),
    })
    .default({}),
});
export type StatefulSet = z.infer<typeof statefulSetSchema>;

export const daemonSetSchema = z.object({
  kind: z.literal('DaemonSet').default('DaemonSet'),
  metadata: workloadMetadataSchema,
  spec: z.object({
    updateStrategy: z.object({ type: z.string().default('RollingUpdate') }).default({}),
    template: templateSchema,
  }),
  status: z
    .object({
      observedGeneration: z.number().default(0),
      desiredNumberScheduled: z.number().default(0),
      currentNumberScheduled: z.number().default(0),
      updatedNumberScheduled: z.number().default(0),
      numberReady: z.number().default(0),
      numberAvailable: z.number().default(0),
    })
    .default({}),
});
export type DaemonSet = z.infer<typeof daemonSetSchema>;

export const cronJobSchema = z.object({
  kind: z.literal('CronJob').default('CronJob'),
  metadata: workloadMetadataSchema,
  spec: z.object({
    schedule: z.string(),
    timeZone: z.string().nullish(),
    suspend: z.boolean().default(false),
    concurrencyPolicy: z.string().default('Allow'),
    jobTemplate: z.object({ spec: z.object({ template: templateSchema }) }),
  }),
  status: z
    .object({
      active: z.array(z.object({ name: z.string().default('') })).default([]),
      lastScheduleTime: timeSchema.nullish(),
      lastSuccessfulTime: timeSchema.nullish(),
    })
    .default({}),
});
export type CronJob = z.infer<typeof cronJobSchema>;

const jobSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ suspend: z.boolean().default(false) }),
  status: z
    .object({
      active: z.number().default(0),
      succeeded: z.number().default(0),
      failed: z.number().default(0),
      startTime: timeSchema.nullish(),
      completionTime: timeSchema.nullish(),
      conditions: z.array(conditionSchema).default([]),
    })
    .default({}),
});
export type Job = z.infer<typeof jobSchema>;

/** A workload of any kind that is read. */
export type WorkloadObject = Deployment | StatefulSet | DaemonSet | CronJob;

export const statefulSetType: ResourceType<StatefulSet> = {
  group: 'apps',
  version: 'v1',
  plural: 'statefulsets',
  schema: statefulSetSchema,
};

export const daemonSetType: ResourceType<DaemonSet> = {
  group: 'apps',
  version: 'v1',
  plural: 'daemonsets',
  schema: daemonSetSchema,
};

export const cronJobType: ResourceType<CronJob> = {
  group: 'batch',
  version: 'v1',
  plural: 'cronjobs',
  schema: cronJobSchema,
};

export const jobType: ResourceType<Job> = { group: 'batch', version: 'v1', plural: 'jobs', schema: jobSchema };

/** What its pods are made from. */
export function podTemplateOf(workload: WorkloadObject): PodTemplate {
  return workload.kind === 'CronJob' ? workload.spec.jobTemplate.spec.template : workload.spec.template;
}
