import type { Field, Value } from '../model';

/** The value of a label from its text. */
export function labelValue({ type }: Field, text: string): Value {
  switch (type) {
    case 'INTEGER':
      return BigInt(text);
    case 'FLOAT':
      return Number(text);
    case 'BOOLEAN':
      return text === 'true';
    default:
      return text;
  }
}

const numericTypes = ['INTEGER', 'FLOAT', 'NUMERIC', 'BIGNUMERIC', 'TIMESTAMP'];

/** Distinct labels, ascending: of two classes the second is the positive one, as in BigQuery. */
export function classesOf(label: Field, values: readonly Value[]): string[] {
  const texts = [...new Set(values.map(String))];
  return numericTypes.includes(label.type) ? texts.sort((left, right) => Number(left) - Number(right)) : texts.sort();
}
