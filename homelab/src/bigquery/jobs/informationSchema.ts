// https://cloud.google.com/bigquery/docs/information-schema-intro
import type { Field, FieldType, Relation, Value } from '../model';
import { informationSchemaName } from '../sql';
import { standardType } from '../storage/columnTypes';
import { createTemporaryTable } from '../storage/TableRows';
import type { JobDocument } from './JobDocument';
import type { RunContext } from './runCompiled';

/** What a view shows of: a project, or one of its datasets. */
interface Scope {
  project: string;
  dataset?: string;
}

interface View {
  fields: Field[];
  rows(context: RunContext, scope: Scope): Value[][];
}

function columns(types: Record<string, FieldType>): Field[] {
  return Object.entries(types).map(([name, type]) => ({ name, type, mode: 'NULLABLE' }));
}

function record(name: string, types: Record<string, FieldType>, mode: Field['mode'] = 'NULLABLE'): Field {
  return { name, type: 'RECORD', mode, fields: columns(types) };
}

/** A TIMESTAMP of milliseconds since the epoch. */
function timestamp(ms: number | undefined): Value {
  return ms === undefined ? null : String(BigInt(ms) * 1000n);
}

function datasets({ warehouse: { catalog } }: RunContext, { project, dataset }: Scope) {
  return catalog.listDatasets(project).filter(({ name }) => dataset === undefined || name.dataset === dataset);
}

function tables(context: RunContext, scope: Scope) {
  return datasets(context, scope).flatMap(({ name }) => context.warehouse.catalog.listTables(name));
}

const schemata: View = {
  fields: columns({
    catalog_name: 'STRING',
    schema_name: 'STRING',
    creation_time: 'TIMESTAMP',
    last_modified_time: 'TIMESTAMP',
    location: 'STRING',
  }),
  rows: (context, { project }) =>
    datasets(context, { project }).map(({ name, createdAt, modifiedAt, location }) => {
      return [name.project, name.dataset, timestamp(createdAt), timestamp(modifiedAt), location];
    }),
};

const tablesView: View = {
  fields: columns({
    table_catalog: 'STRING',
    table_schema: 'STRING',
    table_name: 'STRING',
    table_type: 'STRING',
    is_insertable_into: 'STRING',
    is_typed: 'STRING',
    creation_time: 'TIMESTAMP',
  }),
  rows: (context, scope) =>
    tables(context, scope).map(({ name, createdAt }) => {
      return [name.project, name.dataset, name.name, 'BASE TABLE', 'YES', 'NO', timestamp(createdAt)];
    }),
};

const columnsView: View = {
  fields: columns({
    table_catalog: 'STRING',
    table_schema: 'STRING',
    table_name: 'STRING',
    column_name: 'STRING',
    ordinal_position: 'INTEGER',
    is_nullable: 'STRING',
    data_type: 'STRING',
    is_hidden: 'STRING',
    is_system_defined: 'STRING',
    is_partitioning_column: 'STRING',
  }),
  rows: (context, scope) =>
    tables(context, scope).flatMap(({ name, fields }) =>
      fields.map((field, index) => {
        const isNullable = field.mode === 'REQUIRED' ? 'NO' : 'YES';
        const path = [name.project, name.dataset, name.name, field.name];
        return [...path, BigInt(index + 1), isNullable, standardType(field), 'NO', 'NO', 'NO'];
      }),
    ),
};

const jobFields: Field[] = [
  ...columns({
    creation_time: 'TIMESTAMP',
    project_id: 'STRING',
    user_email: 'STRING',
    job_id: 'STRING',
    job_type: 'STRING',
    statement_type: 'STRING',
    priority: 'STRING',
    start_time: 'TIMESTAMP',
    end_time: 'TIMESTAMP',
    query: 'STRING',
    state: 'STRING',
    total_bytes_processed: 'INTEGER',
    total_bytes_billed: 'INTEGER',
    cache_hit: 'BOOLEAN',
  }),
  record('error_result', { reason: 'STRING', location: 'STRING', message: 'STRING' }),
  record('labels', { key: 'STRING', value: 'STRING' }, 'REPEATED'),
];

function bytes(text: unknown): Value {
  return text === undefined ? null : BigInt(text as string);
}

function jobRow(job: JobDocument): Value[] {
  const { configuration, statistics } = job;
  const query = statistics.query ?? {};
  const [error] = job.errors ?? [];
  return [
    timestamp(job.createdAt),
    job.project,
    job.userEmail,
    job.jobId,
    configuration.jobType ?? null,
    (query.statementType as string | undefined) ?? null,
    configuration.query ? 'INTERACTIVE' : null,
    timestamp(job.startedAt),
    timestamp(job.endedAt),
    configuration.query?.query ?? null,
    job.state,
    bytes(statistics.totalBytesProcessed),
    bytes(query.totalBytesBilled),
    (query.cacheHit as boolean | undefined) ?? null,
    error ? { reason: error.reason, location: error.location ?? null, message: error.message } : null,
    Object.entries(configuration.labels ?? {}).map(([key, value]) => ({ key, value })),
  ];
}

const jobs: View = {
  fields: jobFields,
  rows: ({ listJobs }, { project }) => listJobs(project).map(jobRow),
};

const jobsByUser: View = {
  fields: jobFields,
  rows: ({ listJobs, userEmail }, { project }) =>
    listJobs(project)
      .filter(job => job.userEmail === userEmail)
      .map(jobRow),
};

const views: Record<string, View> = {
  SCHEMATA: schemata,
  TABLES: tablesView,
  COLUMNS: columnsView,
  JOBS: jobs,
  JOBS_BY_PROJECT: jobs,
  JOBS_BY_USER: jobsByUser,
};

/** Makes the views that a compiled statement reads, as they are now, in the connection that will run it. */
export async function fillInformationSchema(context: RunContext, sql: string): Promise<void> {
  if (!sql.includes('information_schema__')) return;
  const { catalog } = context.warehouse;
  for (const project of context.warehouse.projects) {
    const scopes: Scope[] = [{ project }, ...catalog.listDatasets(project).map(({ name }) => name)];
    for (const { dataset } of scopes) {
      for (const [view, { fields, rows }] of Object.entries(views)) {
        const name = informationSchemaName({ project, dataset, view });
        if (!sql.includes(name)) continue;
        const relation: Relation = { fields, rows: rows(context, { project, dataset }) };
        await createTemporaryTable(context.connection, name.slice(1, -1), relation);
      }
    }
  }
}
