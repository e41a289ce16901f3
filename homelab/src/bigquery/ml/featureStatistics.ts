import type { Field, Relation } from '../model';
import { numberOf, spread, treatmentOf } from './inputs';

/** What ML.FEATURE_INFO says of a column. */
export interface FeatureStatistics {
  input: string;
  /** Of a numeric column. */
  numbers?: { min: number; max: number; mean: number; median: number; stddev: number };
  /** Of a categorical column. */
  categoryCount?: number;
  nullCount: number;
}

/** The middle value, or the mean of the two middle values. */
export function median(values: readonly number[]): number {
  const ordered = [...values].sort((left, right) => left - right);
  const middle = ordered.length >> 1;
  return ordered.length % 2 === 1 ? ordered[middle]! : (ordered[middle - 1]! + ordered[middle]!) / 2;
}

function statisticsOf({ fields, rows }: Relation, feature: Field): FeatureStatistics {
  const values = rows.map(row => row[fields.indexOf(feature)]!).filter(value => value !== null);
  const nullCount = rows.length - values.length;
  const input = feature.name;
  const treatment = treatmentOf(feature);
  if (treatment === 'categorical') return { input, categoryCount: new Set(values).size, nullCount };
  if (treatment === 'timestamp' || values.length === 0) return { input, nullCount };
  const numbers = values.map(value => numberOf(value, feature.type)!);
  const { mean, deviation: stddev } = spread(numbers);
  const [min, max] = numbers.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return { input, numbers: { min, max, mean, median: median(numbers), stddev }, nullCount };
}

/** Statistics of all features, in their order. */
export function featureStatistics(relation: Relation, features: readonly Field[]): FeatureStatistics[] {
  return features.map(feature => statisticsOf(relation, feature));
}
