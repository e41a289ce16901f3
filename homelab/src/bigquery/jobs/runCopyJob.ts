import { BigQueryError } from '../model';
import { alreadyExists, idOf } from '../storage/resources';
import { resourceNameOf, type CopyConfiguration } from './JobDocument';
import type { JobContext } from './runQueryJob';

/**
 * Copies a model (https://cloud.google.com/bigquery/docs/managing-models#copy_a_model); the copy has neither labels nor
 * descriptions of what it replaces. @throws BigQueryError
 */
export async function runCopyJob({ warehouse, job, caller }: JobContext): Promise<undefined> {
  const { catalog } = warehouse;
  const {
    sourceTable,
    destinationTable,
    writeDisposition = 'WRITE_EMPTY',
  } = job.configuration.copy as CopyConfiguration;
  const from = resourceNameOf(sourceTable);
  const to = resourceNameOf(destinationTable);
  if (!caller.isWriter) {
    const message = `Access Denied: Dataset ${to.project}:${to.dataset}: Permission bigquery.models.create denied on dataset ${to.project}:${to.dataset} (or it may not exist).`;
    throw new BigQueryError(message, { status: 403, reason: 'accessDenied' });
  }
  if (catalog.findTable(from)) {
    throw new BigQueryError('The homelab copies models, and no tables', { status: 501, reason: 'notImplemented' });
  }
  const { trained } = catalog.model(from);
  catalog.dataset(to);
  if (catalog.findModel(to) && writeDisposition !== 'WRITE_TRUNCATE') throw alreadyExists('Model', idOf(to));
  await catalog.putModel(to, trained, {});
}
