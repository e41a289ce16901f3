import { readFile } from '../load/readFile';
import { BigQueryError } from '../model';
import { resourceNameOf, type LoadConfiguration } from './JobDocument';
import type { JobContext } from './runQueryJob';
import { sleep } from './sleep';
import { writeResult } from './writeResult';

/** Runs a load job with its uploaded file. @throws BigQueryError */
export async function runLoadJob(
  { warehouse, job, caller, signal }: JobContext,
  file: Buffer | undefined,
): Promise<undefined> {
  const { destinationTable, ...format } = job.configuration.load as LoadConfiguration;
  const table = resourceNameOf(destinationTable);
  if (!caller.isWriter) {
    const message = `Access Denied: Dataset ${table.project}:${table.dataset}: Permission bigquery.tables.create denied on dataset ${table.project}:${table.dataset} (or it may not exist).`;
    throw new BigQueryError(message, { status: 403, reason: 'accessDenied' });
  }
  if (!file) {
    const message = 'The homelab loads uploaded files, and none from Cloud Storage';
    throw new BigQueryError(message, { reason: 'invalid', location: 'sourceUris' });
  }
  const { catalog, rows, temporaryDir, clock, durations } = warehouse;
  catalog.dataset(table);
  await sleep(clock, durations.load, signal);
  signal.throwIfAborted();
  const tableFields = catalog.findTable(table)?.fields;
  const { relation, badRecords } = await readFile(file, { format, tableFields, rows, temporaryDir });
  const { createDisposition, writeDisposition = 'WRITE_APPEND' } = format;
  await writeResult(warehouse, { table, relation, createDisposition, writeDisposition });
  job.errors = badRecords.map(message => ({ reason: 'invalid', message }));
  job.statistics.load = {
    inputFiles: '1',
    inputFileBytes: String(file.length),
    outputRows: String(relation.rows.length),
    outputBytes: String(file.length),
    badRecords: String(badRecords.length),
  };
}
