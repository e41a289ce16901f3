import type bigquery from '@google-cloud/bigquery/build/src/types';
import { formatModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import { z } from 'zod/v3';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { modelPath } from './resources';

/** What people call a model and say of it: a copy over it takes none of that along. */
export const modelNamingSchema = z.object({
  labels: z.record(z.string()),
  description: z.string().optional(),
  friendlyName: z.string().optional(),
});
export type ModelNaming = z.infer<typeof modelNamingSchema>;

/** As it is. */
export function namingOf({ labels = {}, description, friendlyName }: bigquery.IModel): ModelNaming {
  return { labels, description: description || undefined, friendlyName: friendlyName || undefined };
}

/**
 * Changes fields of a model's resource.
 *
 * @throws UpstreamError; with code `UPSTREAM_CONFLICT` when the model has another version than `etag`
 */
export async function patchModel(
  connection: BigQueryConnection,
  ref: ModelRef,
  { body, etag, signal }: { body: object; etag?: string; signal: AbortSignal },
): Promise<void> {
  await connection.request({
    operation: `change the model ${formatModelRef(ref)}`,
    method: 'PATCH',
    project: ref.project,
    path: modelPath(ref),
    body,
    headers: etag === undefined ? undefined : { 'If-Match': etag },
    signal,
  });
}
