import { InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  isScalar,
  isValueOf,
  type Column,
  type FeatureValue,
  type MlModelsErrorCode,
} from '@leitstand/plugin-ml-models-common';

/** What a value looks like, for the words of an error. */
const words: Record<string, string> = {
  INT64: 'a whole number of 64 bits',
  FLOAT64: 'a number',
  NUMERIC: 'a number with up to 9 decimals',
  BIGNUMERIC: 'a decimal number',
  BOOL: 'true or false',
  DATE: 'a date like 2026-03-01',
  TIME: 'a time like 08:30:00',
  DATETIME: 'a date and time without zone like 2026-03-01T08:30:00',
  TIMESTAMP: 'a date and time with zone like 2026-03-01T08:30:00Z',
};

/**
 * One row in the text that query parameters carry, in the order of the features; null stays null.
 *
 * @param row - counted from 1, for the words of an error
 * @throws InputError with code `FEATURE_VALUE_INVALID` naming row and column
 */
export function checkRow(
  values: Record<string, FeatureValue>,
  { features, row }: { features: readonly Column[]; row: number },
): Array<string | null> {
  const unknown = Object.keys(values).find(name => !features.some(feature => feature.name === name));
  if (unknown !== undefined) throw invalid(row, `${unknown} is no feature of the model`);
  return features.map(({ name, type }) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw invalid(row, `${name} is missing; give it a value, or null`);
    if (value === null) return null;
    const text = String(value);
    if (!isScalar(type)) throw invalid(row, `${name} is of the type ${type}, of which values cannot be given here`);
    if (!isValueOf(type, text)) throw invalid(row, `${name} has to be ${words[type] ?? 'a value of its type'}`);
    return text;
  });
}

function invalid(row: number, what: string): Error {
  return withCode<Error, MlModelsErrorCode>(new InputError(`Row ${row}: ${what}.`), 'FEATURE_VALUE_INVALID');
}
