import type { ResourceName } from '../model';

/** A name in DuckDB's SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in DuckDB's SQL. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** How DuckDB calls a table: the schema `<project>__<dataset>`, then the table. */
export function duckDbName({ project, dataset, name }: ResourceName): string {
  return `${quoteName(`${project}__${dataset}`)}.${quoteName(name)}`;
}

/** Which view of `INFORMATION_SCHEMA` is read; without `dataset` it is that of the project (in a region). */
export interface InformationSchemaView {
  project: string;
  dataset?: string;
  /** Upper case, for example `TABLES` or `JOBS_BY_PROJECT`. */
  view: string;
}

/** The (temporary) table in which a statement expects the rows of a view, quoted. */
export function informationSchemaName({ project, dataset = '', view }: InformationSchemaView): string {
  return quoteName(`information_schema__${project}__${dataset}__${view.toUpperCase()}`);
}
