import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';

/** Project ids: 6 to 30 characters in general; domain-scoped ones carry a colon, which the portal does not take. */
export const projectIdSchema = z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'is no project id');
/** https://cloud.google.com/bigquery/docs/datasets#dataset-naming */
export const datasetIdSchema = z.string().regex(/^[A-Za-z0-9_]{1,1024}$/, 'may have letters, digits and underscores');
/** Tables and models; of the allowed characters only those that need no escaping anywhere. */
export const tableIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,1024}$/, 'may have letters, digits, _ and -');
/** Columns: https://cloud.google.com/bigquery/docs/schemas#column_names, ASCII only. */
export const columnNameSchema = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,299}$/, 'may have letters, digits and _');

export const datasetRefSchema = z.object({ project: projectIdSchema, dataset: datasetIdSchema });
export type DatasetRef = z.infer<typeof datasetRefSchema>;

export const modelRefSchema = datasetRefSchema.extend({ model: tableIdSchema });
export type ModelRef = z.infer<typeof modelRefSchema>;

export const tableRefSchema = datasetRefSchema.extend({ table: tableIdSchema });
export type TableRef = z.infer<typeof tableRefSchema>;

/** `project.dataset.model`, as in the annotation `bigquery.googleapis.com/model`. */
export function formatModelRef({ project, dataset, model }: ModelRef): string {
  return `${project}.${dataset}.${model}`;
}

/** @throws InputError when a part is missing or not an identifier */
export function parseModelRef(text: string): ModelRef {
  const [project, dataset, model, ...rest] = text.split('.');
  const parsed = modelRefSchema.safeParse({ project, dataset, model });
  if (!parsed.success || rest.length > 0) {
    throw new InputError(`"${text}" does not name a model; write it as project.dataset.model`);
  }
  return parsed.data;
}
