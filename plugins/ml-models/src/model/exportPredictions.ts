import type { Predictions } from '@leitstand/plugin-ml-models-common';

/** A spreadsheet takes a cell that begins like this for a formula. */
const formula = /^[=+\-@\t\r]/;

/** Predictions as CSV: the features, the prediction, the probability of each label, what each feature contributed. */
export function predictionsToCsv({ label, predictions }: Predictions): string {
  const [first] = predictions;
  const features = Object.keys(first?.features ?? {});
  const classes = [...new Set(predictions.flatMap(row => row.probabilities.map(({ label: name }) => name)))].sort();
  const explained = first?.explanation?.attributions.map(({ feature }) => feature).sort() ?? [];
  const heading = [
    ...features,
    `predicted_${label}`,
    ...classes.map(name => `probability_${name}`),
    ...(explained.length > 0 ? ['baseline'] : []),
    ...explained.map(name => `attribution_${name}`),
  ];
  const lines = predictions.map(({ features: values, predicted, probabilities, explanation }) => [
    ...features.map(name => values[name]),
    predicted,
    ...classes.map(name => probabilities.find(entry => entry.label === name)?.probability),
    ...(explained.length > 0 ? [explanation?.baseline] : []),
    ...explained.map(name => explanation?.attributions.find(({ feature }) => feature === name)?.attribution),
  ]);
  return [heading, ...lines].map(line => `${line.map(cell).join(',')}\r\n`).join('');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text =
    typeof value === 'string' && formula.test(value) && Number.isNaN(Number(value)) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
