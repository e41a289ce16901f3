import { formatModelRef, type Model } from '@leitstand/plugin-ml-models-common';

/** A value of each type, as GoogleSQL writes it. */
const samples: Record<string, string> = {
  INT64: '1',
  FLOAT64: '1.0',
  NUMERIC: "NUMERIC '1'",
  BIGNUMERIC: "BIGNUMERIC '1'",
  BOOL: 'TRUE',
  STRING: "'text'",
  DATE: "DATE '2026-01-31'",
  TIME: "TIME '08:30:00'",
  DATETIME: "DATETIME '2026-01-31 08:30:00'",
  TIMESTAMP: "TIMESTAMP '2026-01-31 08:30:00+00'",
};

/** A statement that asks the model, for whoever wants to use it without the portal. */
export function predictSql({ ref, features }: Pick<Model, 'ref' | 'features'>): string {
  const values = features.map(({ name, type }) => `    ${samples[type] ?? `CAST(NULL AS ${type})`} AS \`${name}\``);
  return ['SELECT *', `FROM ML.PREDICT(MODEL \`${formatModelRef(ref)}\`, (`, '  SELECT', values.join(',\n'), '))'].join(
    '\n',
  );
}
