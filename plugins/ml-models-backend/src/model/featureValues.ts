import { InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { Column, FeatureValue, MlModelsErrorCode } from '@leitstand/plugin-ml-models-common';

/** Types of features that can be given by hand, with what their values look like and in which words to say so. */
const scalarTypes: Record<string, { accepts(text: string): boolean; words: string }> = {
  INT64: {
    accepts: text => /^[+-]?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text),
    words: 'a whole number of 64 bits',
  },
  FLOAT64: { accepts: text => text.trim() !== '' && Number.isFinite(Number(text)), words: 'a number' },
  NUMERIC: { accepts: text => /^[+-]?\d{1,29}(\.\d{1,9})?$/.test(text), words: 'a number with up to 9 decimals' },
  BIGNUMERIC: { accepts: text => /^[+-]?\d{1,38}(\.\d{1,38})?$/.test(text), words: 'a decimal number' },
  BOOL: { accepts: text => /^(true|false)$/i.test(text), words: 'true or false' },
  STRING: { accepts: () => true, words: 'text' },
  DATE: { accepts: text => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text), words: 'a date like 2026-03-01' },
  TIME: {
    accepts: text => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(text),
    words: 'a time like 08:30:00',
  },
  DATETIME: {
    accepts: text => /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/.test(text) && isDate(text),
    words: 'a date and time without zone like 2026-03-01T08:30:00',
  },
  TIMESTAMP: {
    accepts: text => /(Z|[+-]\d{2}:\d{2})$/.test(text) && isDate(text),
    words: 'a date and time with zone like 2026-03-01T08:30:00Z',
  },
};

/** Whether values of a type can be given by hand. */
export function isScalar(type: string): boolean {
  return type in scalarTypes;
}

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
    const value = values[name];
    if (value === undefined) throw invalid(row, `${name} is missing; give it a value, or null`);
    if (value === null) return null;
    const text = String(value);
    const scalar = scalarTypes[type];
    if (!scalar) throw invalid(row, `${name} is of the type ${type}, of which values cannot be given here`);
    if (!scalar.accepts(text)) throw invalid(row, `${name} has to be ${scalar.words}`);
    return text;
  });
}

function invalid(row: number, what: string): Error {
  return withCode<Error, MlModelsErrorCode>(new InputError(`Row ${row}: ${what}.`), 'FEATURE_VALUE_INVALID');
}

function isDate(text: string): boolean {
  const time = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text.replace(' ', 'T'));
  if (Number.isNaN(time)) return false;
  return text.length > 10 || new Date(time).toISOString().startsWith(text); // 30 February is no date
}
