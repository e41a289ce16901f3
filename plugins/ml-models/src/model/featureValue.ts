import { isValueOf, type FeatureStatistics, type FeatureValue } from '@leitstand/plugin-ml-models-common';

/**
 * A value as the route takes it. Numbers that JavaScript holds exactly become numbers; all others stay text, so that
 * nothing is lost. Empty text is a missing value.
 *
 * @returns undefined when the text is no value of the type
 */
export function readFeatureValue(text: string, type: string): FeatureValue | undefined {
  const value = type === 'STRING' ? text : text.trim();
  if (value === '') return null;
  if (!isValueOf(type, value)) return undefined;
  if (type === 'BOOL') return value.toLowerCase() === 'true';
  if (type === 'INT64' && Number.isSafeInteger(Number(value))) return Number(value);
  if (type === 'FLOAT64') return Number(value);
  return value;
}

/** The text from which {@link readFeatureValue} reads the same value. */
export function writeFeatureValue(value: FeatureValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** What to know of a value before trusting the answer: the model has never seen anything like it. */
export type ValueWarning = { kind: 'below' | 'above'; bound: number } | { kind: 'unknownCategory' };

/** Compares a value with what the model was trained on. */
export function warnOfValue(value: FeatureValue | undefined, feature: FeatureStatistics | undefined) {
  if (value === undefined || value === null || !feature) return undefined;
  const number = Number(value);
  if (isNumeric(feature.type) && Number.isFinite(number)) return warnOfNumber(number, feature);
  if (!hasAllCategories(feature) || feature.categories.includes(String(value))) return undefined;
  return { kind: 'unknownCategory' } satisfies ValueWarning;
}

function warnOfNumber(value: number, { min, max }: FeatureStatistics): ValueWarning | undefined {
  if (min !== undefined && value < min) return { kind: 'below', bound: min };
  if (max !== undefined && value > max) return { kind: 'above', bound: max };
  return undefined;
}

/** Whether values of a type are compared by size. */
export function isNumeric(type: string): boolean {
  return ['INT64', 'FLOAT64', 'NUMERIC', 'BIGNUMERIC'].includes(type);
}

/** Whether the categories that are known are all that the model knows; long lists are cut by the backend. */
export function hasAllCategories({ categories, categoryCount }: FeatureStatistics): boolean {
  return categories.length > 0 && (categoryCount === undefined || categories.length >= categoryCount);
}
