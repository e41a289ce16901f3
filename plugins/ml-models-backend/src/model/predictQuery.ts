import type { Column, FeatureValue, ModelRef, Prediction } from '@leitstand/plugin-ml-models-common';
import { quoteColumn, quoteModel } from '../client/identifiers';
import { rowsParameter, type Query } from '../client/queryRequest';
import type { ResultValue } from '../client/readRows';
import { checkRow } from './featureValues';

/** Carries the position of a row through the query; a feature of this name would be refused by BigQuery as a duplicate. */
const positionColumn = 'leitstand_row';

/** What is asked of a model. */
export interface PredictionQuestion {
  ref: ModelRef;
  features: readonly Column[];
  rows: ReadonlyArray<Record<string, FeatureValue>>;
  threshold: number | undefined;
  explain: boolean;
}

/** @throws InputError with code `FEATURE_VALUE_INVALID` */
export function predictQuery({ ref, features, rows, threshold, explain }: PredictionQuestion): Query {
  const columns = [{ name: positionColumn, type: 'INT64' }, ...features];
  const values = rows.map((row, index) => [String(index), ...checkRow(row, { features, row: index + 1 })]);
  const settings = [
    ...(threshold === undefined ? [] : [`${threshold} AS threshold`]),
    ...(explain ? [`${features.length} AS top_k_features`] : []),
  ];
  const selected = columns.map(({ name }) => `r.${quoteColumn(name)}`).join(', ');
  return {
    sql: [
      `SELECT * FROM ML.${explain ? 'EXPLAIN_PREDICT' : 'PREDICT'}(MODEL ${quoteModel(ref)},`,
      `  (SELECT ${selected} FROM UNNEST(@rows) AS r)${settings.length > 0 ? `,` : ')'}`,
      ...(settings.length > 0 ? [`  STRUCT(${settings.join(', ')}))`] : []),
      `ORDER BY ${quoteColumn(positionColumn)}`,
    ].join('\n'),
    parameters: [rowsParameter('rows', columns, values)],
  };
}

interface Attribution {
  feature?: ResultValue;
  attribution?: ResultValue;
}

/** The answer of {@link predictQuery}, in the order of the rows that were asked about. */
export function readPredictions(
  result: ReadonlyArray<Record<string, ResultValue>>,
  { label, rows }: { label: string; rows: PredictionQuestion['rows'] },
): Prediction[] {
  return result.map(row => {
    const predicted = row[`predicted_${label}`] as Prediction['predicted'];
    const probabilities = row[`predicted_${label}_probs`] as Array<{ label: ResultValue; prob: number }> | undefined;
    const attributions = row.top_feature_attributions as Attribution[] | undefined;
    return {
      features: rows[Number(row[positionColumn])] ?? {},
      predicted,
      probabilities: probabilitiesOf(probabilities, { predicted, probability: row.probability }),
      ...(attributions
        ? {
            explanation: {
              baseline: Number(row.baseline_prediction_value),
              attributions: attributions.map(({ feature, attribution }) => ({
                feature: String(feature),
                attribution: Number(attribution),
              })),
            },
          }
        : {}),
    };
  });
}

/** All labels where the answer has them; an explanation has only the probability of the predicted one. */
function probabilitiesOf(
  all: Array<{ label: ResultValue; prob: number }> | undefined,
  explained: { predicted: Prediction['predicted']; probability: ResultValue | undefined },
): Prediction['probabilities'] {
  if (all) {
    return all
      .map(({ label, prob }) => ({ label: String(label), probability: Number(prob) }))
      .sort((a, b) => b.probability - a.probability);
  }
  if (explained.probability === undefined || explained.probability === null) return [];
  return [{ label: String(explained.predicted), probability: Number(explained.probability) }];
}
