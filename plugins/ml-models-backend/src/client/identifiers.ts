import { columnNameSchema, modelRefSchema, tableRefSchema, type ModelRef } from '@leitstand/plugin-ml-models-common';

/**
 * Identifiers cannot be query parameters: they are checked against what BigQuery allows, and quoted. Everything else in a
 * query goes by parameters.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#quoted_identifiers}
 */
export function quoteModel(ref: ModelRef): string {
  const { project, dataset, model } = modelRefSchema.parse(ref);
  return `\`${project}\`.\`${dataset}\`.\`${model}\``;
}

/** @throws ZodError when a part is no identifier */
export function quoteTable(ref: { project: string; dataset: string; table: string }): string {
  const { project, dataset, table } = tableRefSchema.parse(ref);
  return `\`${project}\`.\`${dataset}\`.\`${table}\``;
}

/** @throws ZodError when it is no name of a column */
export function quoteColumn(name: string): string {
  return `\`${columnNameSchema.parse(name)}\``;
}
