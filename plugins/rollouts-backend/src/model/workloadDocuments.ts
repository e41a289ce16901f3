import type { WorkloadKind } from '@leitstand/plugin-rollouts-common';
import { z } from 'zod/v3';
import type { ResourceType } from '../client/KubernetesClient';
import {
  deploymentDocumentType,
  documentMetadataSchema,
  labelSelectorSchema,
  podTemplateSchema,
  stringMapSchema,
  type DeploymentDocument,
  type PodTemplate,
} from './rollbackDocuments';
import { cronJobSchema, daemonSetSchema, statefulSetSchema } from './workloadObjects';

/*
 * Workloads as operations need them: what a patch is guarded by, and templates with every field.
 */

const statefulSetDocumentSchema = z.object({
  kind: z.literal('StatefulSet').default('StatefulSet'),
  metadata: documentMetadataSchema,
  spec: statefulSetSchema.shape.spec
    .omit({ template: true })
    .extend({ selector: labelSelectorSchema, template: podTemplateSchema }),
  status: statefulSetSchema.shape.status,
});
export type StatefulSetDocument = z.infer<typeof statefulSetDocumentSchema>;

const daemonSetDocumentSchema = z.object({
  kind: z.literal('DaemonSet').default('DaemonSet'),
  metadata: documentMetadataSchema,
  spec: daemonSetSchema.shape.spec
    .omit({ template: true })
    .extend({ selector: labelSelectorSchema, template: podTemplateSchema }),
  status: daemonSetSchema.shape.status,
});
export type DaemonSetDocument = z.infer<typeof daemonSetDocumentSchema>;

const jobTemplateSchema = z
  .object({
    metadata: z.object({ labels: stringMapSchema, annotations: stringMapSchema }).default({}),
    spec: z.object({}).passthrough(),
  })
  .passthrough();

const cronJobDocumentSchema = z.object({
  kind: z.literal('CronJob').default('CronJob'),
  metadata: documentMetadataSchema,
  spec: cronJobSchema.shape.spec.omit({ jobTemplate: true }).extend({
    startingDeadlineSeconds: z.number().nullish(),
    jobTemplate: jobTemplateSchema,
  }),
  status: cronJobSchema.shape.status,
});
export type CronJobDocument = z.infer<typeof cronJobDocumentSchema>;

/** A workload of any kind. */
export type WorkloadDocument = DeploymentDocument | StatefulSetDocument | DaemonSetDocument | CronJobDocument;

/** Workloads that keep pods of a template running. */
export type RolloutDocument = Exclude<WorkloadDocument, CronJobDocument>;

/** The document of one kind. */
export type DocumentOf<TKind extends WorkloadKind> = Extract<WorkloadDocument, { kind: TKind }>;

const documentTypes: { [TKind in WorkloadKind]: ResourceType<DocumentOf<TKind>> } = {
  Deployment: deploymentDocumentType,
  StatefulSet: { group: 'apps', version: 'v1', plural: 'statefulsets', schema: statefulSetDocumentSchema },
  DaemonSet: { group: 'apps', version: 'v1', plural: 'daemonsets', schema: daemonSetDocumentSchema },
  CronJob: { group: 'batch', version: 'v1', plural: 'cronjobs', schema: cronJobDocumentSchema },
};

/** Where workloads of a kind are, and how they are read. */
export function documentTypeOf(kind: WorkloadKind): ResourceType<WorkloadDocument> {
  return documentTypes[kind];
}

const containerListSchema = z.array(z.object({ name: z.string(), image: z.string().default('') })).default([]);
const containersSchema = z.object({
  spec: z.object({ containers: containerListSchema, initContainers: containerListSchema }),
});

/** A container and where it is in its template. */
export interface TemplateContainer {
  name: string;
  image: string;
  /** JSON pointer below the template, for example `/spec/containers/0`. */
  path: string;
}

/** Containers of a pod template, those that start it last. */
export function containersOf(template: PodTemplate): TemplateContainer[] {
  const { spec } = containersSchema.parse(template);
  return (['containers', 'initContainers'] as const).flatMap(list =>
    spec[list].map((container, index) => ({ ...container, path: `/spec/${list}/${index}` })),
  );
}

const templateMarksSchema = z.object({
  metadata: z.object({ annotations: stringMapSchema, labels: stringMapSchema }).default({}),
});

/** Annotations that the pods of a template get. */
export function podAnnotationsOf(template: PodTemplate): Record<string, string> {
  return templateMarksSchema.parse(template).metadata.annotations;
}

/** Labels that the pods of a template get. */
export function labelsOf(template: PodTemplate): Record<string, string> {
  return templateMarksSchema.parse(template).metadata.labels;
}
