import type { ModelOptions, ModelRef, TrainingSource } from '@leitstand/plugin-ml-models-common';
import { quoteColumn, quoteModel, quoteTable } from '../client/identifiers';

/** What a model is trained on and how. */
export interface Training {
  ref: ModelRef;
  source: TrainingSource;
  label: string;
  features: readonly string[];
  options: ModelOptions;
  /** Whether a model of this name may be there already. */
  replaces: boolean;
}

/** BigQuery's names of the options of {@link ModelOptions}. */
const optionNames: Record<string, string> = {
  l1Reg: 'l1_reg',
  l2Reg: 'l2_reg',
  maxIterations: 'max_iterations',
  optimizeStrategy: 'optimize_strategy',
  autoClassWeights: 'auto_class_weights',
};

/**
 * The statement that trains. Identifiers are checked and quoted, options are literals of numbers, booleans and words out of
 * closed lists; a query that a person wrote stands in parentheses, and a dry run has found that the whole is one statement.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-create-glm}
 */
export function trainingSql({ ref, source, label, features, options, replaces }: Training): string {
  const { modelType, ...others } = options;
  const lines = [
    `model_type = '${modelType}'`,
    `input_label_cols = ['${label}']`,
    'enable_global_explain = TRUE',
    ...Object.entries(others).flatMap(([name, value]) =>
      value === undefined ? [] : [`${optionNames[name]} = ${literalOf(value)}`],
    ),
  ];
  const columns = [...features, label].map(quoteColumn).join(', ');
  return [
    `CREATE ${replaces ? 'OR REPLACE ' : ''}MODEL ${quoteModel(ref)}`,
    `OPTIONS (\n  ${lines.join(',\n  ')}\n)`,
    `AS SELECT ${columns} FROM ${fromOf(ref, source)}`,
  ].join('\n');
}

function fromOf({ project, dataset }: ModelRef, source: TrainingSource): string {
  if (source.kind === 'query') return `(\n${source.query}\n)`;
  return quoteTable({ project, dataset, table: source.table });
}

function literalOf(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value}'` : String(value).toUpperCase();
}
