import type bigquery from '@google-cloud/bigquery/build/src/types';
import { formatModelRef, type DatasetRef, type ModelRef, type TableRef } from '@leitstand/plugin-ml-models-common';
import type { BigQueryConnection, BigQueryRequest } from '../client/BigQueryConnection';
import { findResource } from '../client/findResource';

/** Paths of the API below a project. */
export function datasetPath({ dataset }: DatasetRef): string {
  return `/datasets/${encodeURIComponent(dataset)}`;
}

/** Path of a model. */
export function modelPath(ref: ModelRef): string {
  return `${datasetPath(ref)}/models/${encodeURIComponent(ref.model)}`;
}

/** Path of a table. */
export function tablePath(ref: TableRef): string {
  return `${datasetPath(ref)}/tables/${encodeURIComponent(ref.table)}`;
}

/** Undefined where there is none. @throws UpstreamError */
export function findDataset(connection: BigQueryConnection, ref: DatasetRef, signal: AbortSignal) {
  return findResource<bigquery.IDataset>(connection, {
    operation: `get the dataset ${ref.project}.${ref.dataset}`,
    project: ref.project,
    path: datasetPath(ref),
    signal,
  });
}

/** Undefined where there is none. @throws UpstreamError */
export function findTable(connection: BigQueryConnection, ref: TableRef, signal: AbortSignal) {
  return findResource<bigquery.ITable>(connection, {
    operation: `get the table ${ref.project}.${ref.dataset}.${ref.table}`,
    project: ref.project,
    path: tablePath(ref),
    signal,
  });
}

/** Undefined where there is none. @throws UpstreamError */
export function findModel(connection: BigQueryConnection, ref: ModelRef, signal: AbortSignal) {
  return findResource<bigquery.IModel>(connection, {
    operation: `get the model ${formatModelRef(ref)}`,
    project: ref.project,
    path: modelPath(ref),
    signal,
  });
}

/** Deletes what may be gone already. @throws UpstreamError */
export async function deleteResource(
  connection: BigQueryConnection,
  request: Pick<BigQueryRequest, 'operation' | 'project' | 'path' | 'query' | 'headers' | 'signal'>,
): Promise<void> {
  await findResource(connection, { ...request, method: 'DELETE' });
}
