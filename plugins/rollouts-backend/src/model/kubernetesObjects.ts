import { ANNOTATION_ENTITY_REF, ANNOTATION_OWNER } from '@leitstand/plugin-rollouts-common';
import { z } from 'zod/v3';
import type { ResourceType } from '../client/KubernetesClient';

/*
 * What is kept of each object: the schemas strip everything else, because 10,000 pods are 169 MB whole and 6 MB so.
 * Source: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.32/
 */

export const timeSchema = z.string();

/** As Kubernetes writes it, for example `250m` or `1Gi`; a whole number may come as a number. */
export const quantitySchema = z.union([z.string(), z.number()]);

const ownerReferenceSchema = z.object({
  kind: z.string(),
  name: z.string(),
  uid: z.string(),
  controller: z.boolean().optional(),
});

/** Of an object that is in no namespace, for example a node. */
export const clusterMetadataSchema = z.object({
  name: z.string(),
  uid: z.string(),
  creationTimestamp: timeSchema,
  labels: z.record(z.string()).default({}),
});

export const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  uid: z.string(),
  creationTimestamp: timeSchema,
  deletionTimestamp: timeSchema.optional(),
  generation: z.number().default(0),
  ownerReferences: z.array(ownerReferenceSchema).default([]),
});

/** Revision of a rollout, on Deployments and ReplicaSets; written by the Deployment controller. */
export const ANNOTATION_REVISION = 'deployment.kubernetes.io/revision';
/** Why a revision came to be, in its author's words. */
export const ANNOTATION_CHANGE_CAUSE = 'kubernetes.io/change-cause';
/** The container whose log is meant where none is named. */
export const ANNOTATION_DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

const annotationsSchema = z
  .object({
    [ANNOTATION_REVISION]: z.string().optional(),
    [ANNOTATION_CHANGE_CAUSE]: z.string().optional(),
    [ANNOTATION_ENTITY_REF]: z.string().optional(),
    [ANNOTATION_OWNER]: z.string().optional(),
  })
  .default({});

/** Metadata of a workload: its labels are kept, since people choose by them what is catalogued. */
export const workloadMetadataSchema = metadataSchema.extend({
  labels: z.record(z.string()).default({}),
  annotations: annotationsSchema,
});

const quantitiesSchema = z.object({ cpu: quantitySchema, memory: quantitySchema }).partial().default({});

const containerSchema = z.object({
  name: z.string(),
  image: z.string().default(''),
  resources: z.object({ requests: quantitiesSchema, limits: quantitiesSchema }).default({}),
});

export const templateSchema = z.object({
  metadata: z.object({ labels: z.record(z.string()).default({}) }).default({}),
  spec: z.object({ containers: z.array(containerSchema) }),
});
export type PodTemplate = z.infer<typeof templateSchema>;

export const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(''),
  message: z.string().default(''),
  lastUpdateTime: timeSchema.optional(),
  lastTransitionTime: timeSchema.optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

const deploymentSpecSchema = z.object({
  replicas: z.number().default(1),
  paused: z.boolean().default(false),
  progressDeadlineSeconds: z.number().optional(),
  strategy: z.object({ type: z.string().default('RollingUpdate') }).default({}),
  template: templateSchema,
});

export const deploymentStatusSchema = z
  .object({
    observedGeneration: z.number().default(0),
    replicas: z.number().default(0),
    updatedReplicas: z.number().default(0),
    readyReplicas: z.number().default(0),
    availableReplicas: z.number().default(0),
    conditions: z.array(conditionSchema).default([]),
  })
  .default({});

const deploymentSchema = z.object({
  kind: z.literal('Deployment').default('Deployment'),
  metadata: workloadMetadataSchema,
  spec: deploymentSpecSchema,
  status: deploymentStatusSchema,
});
export type Deployment = z.infer<typeof deploymentSchema>;

const replicaSetSchema = z.object({
  metadata: metadataSchema.extend({ annotations: annotationsSchema }),
  spec: z.object({ replicas: z.number().default(1), template: templateSchema }),
  status: z.object({ replicas: z.number().default(0), readyReplicas: z.number().default(0) }).default({}),
});
export type ReplicaSet = z.infer<typeof replicaSetSchema>;

const containerStateSchema = z
  .object({
    waiting: z.object({ reason: z.string().default(''), message: z.string().default('') }).optional(),
    running: z.object({}).optional(),
    terminated: z
      .object({
        reason: z.string().default(''),
        message: z.string().default(''),
        exitCode: z.number(),
        finishedAt: timeSchema.nullish(),
      })
      .optional(),
  })
  .default({});

const containerStatusSchema = z.object({
  name: z.string(),
  image: z.string().default(''),
  ready: z.boolean().default(false),
  restartCount: z.number().default(0),
  state: containerStateSchema,
  lastState: containerStateSchema,
});

const podSchema = z.object({
  metadata: metadataSchema.extend({
    annotations: z.object({ [ANNOTATION_DEFAULT_CONTAINER]: z.string().optional() }).default({}),
  }),
  spec: z.object({
    nodeName: z.string().optional(),
    containers: templateSchema.shape.spec.shape.containers,
    initContainers: templateSchema.shape.spec.shape.containers.default([]),
  }),
  status: z
    .object({
      phase: z.string().default('Unknown'),
      reason: z.string().optional(),
      message: z.string().optional(),
      conditions: z.array(conditionSchema).default([]),
      containerStatuses: z.array(containerStatusSchema).default([]),
      initContainerStatuses: z.array(containerStatusSchema).default([]),
    })
    .default({}),
});
export type KubernetesPod = z.infer<typeof podSchema>;

const eventSchema = z.object({
  metadata: metadataSchema,
  involvedObject: z.object({
    kind: z.string().default(''),
    name: z.string().default(''),
    uid: z.string().optional(),
  }),
  type: z.string().default('Normal'),
  reason: z.string().default(''),
  message: z.string().default(''),
  count: z.number().nullish(),
  firstTimestamp: timeSchema.nullish(),
  lastTimestamp: timeSchema.nullish(),
  eventTime: timeSchema.nullish(),
  series: z.object({ count: z.number(), lastObservedTime: timeSchema }).nullish(),
});
export type KubernetesEvent = z.infer<typeof eventSchema>;

export const deploymentType: ResourceType<Deployment> = {
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  schema: deploymentSchema,
};

export const replicaSetType: ResourceType<ReplicaSet> = {
  group: 'apps',
  version: 'v1',
  plural: 'replicasets',
  schema: replicaSetSchema,
};

export const podType: ResourceType<KubernetesPod> = { group: '', version: 'v1', plural: 'pods', schema: podSchema };

export const eventType: ResourceType<KubernetesEvent> = {
  group: '',
  version: 'v1',
  plural: 'events',
  schema: eventSchema,
};

/** The object that controls another, by uid. */
export function controllerUidOf(object: { metadata: { ownerReferences: z.infer<typeof ownerReferenceSchema>[] } }) {
  return object.metadata.ownerReferences.find(({ controller }) => controller)?.uid;
}

/** Undefined where the annotation is missing or no positive number. */
export function revisionOf(object: { metadata: { annotations: z.infer<typeof annotationsSchema> } }) {
  const revision = Number(object.metadata.annotations[ANNOTATION_REVISION]);
  return Number.isInteger(revision) && revision > 0 ? revision : undefined;
}
