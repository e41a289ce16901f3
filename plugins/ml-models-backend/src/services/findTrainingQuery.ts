import type bigquery from '@google-cloud/bigquery/build/src/types';
import { formatModelRef, type ModelRef, type TableRef } from '@leitstand/plugin-ml-models-common';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { trainedModelOf } from '../model/trainedModelOf';
import { trainingQueryOf } from '../model/trainingQuery';
import { listJobs } from './listJobs';
import { referencedTables } from './QueryService';

/** Most jobs of a project that are looked through. */
const maxJobCount = 5_000;

/** What a model was trained on. */
export interface TrainingQuery {
  sql: string;
  /** In which it ran: tables that are named without one are in it. */
  project: string;
  /** What the training read, also through views. */
  tables: TableRef[];
}

/** A job after which a model is another one: it was trained, or copied. */
interface ModelJob {
  at: number;
  /** `project.dataset.model` */
  model: string;
  copiedFrom?: string;
  training?: TrainingQuery;
}

/**
 * The query of a model's last training, from the jobs that upstream remembers (six months). A model that is a copy, as one
 * that was retrained through the door, was trained as what it was copied from.
 *
 * @returns undefined where no such job is known any more, or where it has a form that cannot be read
 * @throws UpstreamError
 */
export async function findTrainingQuery(
  connection: BigQueryConnection,
  ref: ModelRef,
  signal: AbortSignal,
): Promise<TrainingQuery | undefined> {
  const projects = [...new Set([connection.config.projectId, ref.project])];
  const search = { query: { stateFilter: 'done' }, maxCount: maxJobCount, read: readModelJob, signal };
  const lists = await Promise.all(projects.map(project => listJobs(connection, { project, ...search })));
  let wanted = formatModelRef(ref);
  for (const { model, copiedFrom, training } of lists.flat().sort((a, b) => b.at - a.at)) {
    if (model !== wanted) continue;
    if (copiedFrom === undefined) return training;
    wanted = copiedFrom; // what was done to it earlier, under its earlier name
  }
  return undefined;
}

/** Whether a query reads nothing but what the training read. */
export function readsNoOthers(tables: readonly TableRef[], training: TrainingQuery): boolean {
  const known = new Set(training.tables.map(textOf));
  return tables.every(table => known.has(textOf(table)));
}

function textOf({ project, dataset, table }: TableRef): string {
  return `${project}.${dataset}.${table}`;
}

function readModelJob(job: bigquery.IJob): ModelJob | undefined {
  const { configuration, jobReference, statistics, status } = job;
  if (status?.errorResult) return undefined;
  const at = Number(statistics?.creationTime ?? 0);
  const { sourceTable, destinationTable } = configuration?.copy ?? {};
  if (sourceTable && destinationTable) return { at, model: nameOf(destinationTable), copiedFrom: nameOf(sourceTable) };
  const model = trainedModelOf(job);
  if (model === undefined) return undefined;
  const sql = trainingQueryOf(configuration?.query?.query ?? '');
  if (sql === undefined) return { at, model };
  return { at, model, training: { sql, project: jobReference?.projectId ?? '', tables: referencedTables(job) } };
}

function nameOf({ projectId, datasetId, tableId }: bigquery.ITableReference): string {
  return `${projectId}.${datasetId}.${tableId}`;
}
