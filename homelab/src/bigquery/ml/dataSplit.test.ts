import type { OptionValue, Value } from '../model';
import { fieldsOf } from './__testUtils__/train';
import { splitData } from './dataSplit';
import { readOptions } from './options';

const fields = fieldsOf({ x: 'INTEGER', note: 'STRING', isLate: 'BOOLEAN', at: 'TIMESTAMP' });

function split(rows: Value[][], options: Record<string, OptionValue>) {
  return splitData({ fields, rows }, readOptions({ model_type: 'linear_reg', ...options }));
}

const numbered = (count: number): Value[][] =>
  Array.from({ length: count }, (_, index) => [BigInt(index), null, null, null]);

it.each([
  // AUTO_SPLIT: none below 500 rows, a fifth up to 50,000, then 10,000 rows; parts are approximate, as in BigQuery.
  [499, {}, 0, 0],
  [500, {}, 70, 130],
  [60_000, {}, 9_700, 10_300],
  [499, { data_split_method: 'RANDOM' }, 0, 0],
  [499, { data_split_method: 'RANDOM', data_split_eval_fraction: 0.5 }, 210, 290],
  [600, { data_split_method: 'NO_SPLIT' }, 0, 0],
] as [number, Record<string, OptionValue>, number, number][])(
  'takes of %d rows with %j',
  (count, options, least, most) => {
    const rows = numbered(count);
    const { training, evaluation } = split(rows, options);
    expect(evaluation.length).toBeGreaterThanOrEqual(least);
    expect(evaluation.length).toBeLessThanOrEqual(most);
    expect([...training, ...evaluation].sort((left, right) => left - right)).toEqual(rows.map((_, index) => index));
  },
);

it('splits the same data in the same way, whatever the order', () => {
  const rows = numbered(800);
  const valuesOf = (data: Value[][]) => new Set(split(data, {}).evaluation.map(index => data[index]![0]));
  expect(valuesOf([...rows].reverse())).toEqual(valuesOf(rows));
});

it('evaluates with rows that a BOOL column marks, or that have NULL there', () => {
  const rows: Value[][] = [true, false, null, false].map(isLate => [1n, null, isLate, null]);
  const options = { data_split_method: 'CUSTOM', data_split_col: 'ISLATE' };
  expect(split(rows, options)).toEqual({ training: [1, 3], evaluation: [0, 2] });
  expect(() => split(rows, { ...options, data_split_col: 'x' })).toThrow('must be of type BOOL');
});

it.each([
  ['x', [5n, 1n, 4n, null, 2n], 0],
  ['note', ['e', 'a', 'd', null, 'b'], 1],
  ['at', ['1000', '-5', '200', null, '7'], 3],
] as [string, Value[], number][])('evaluates with the last rows by column %s', (column, values, index) => {
  const rows = values.map(value => fields.map((_, place): Value => (place === index ? value : null)));
  const options = { data_split_method: 'SEQ', data_split_col: column, data_split_eval_fraction: 0.25 };
  expect(split(rows, options)).toEqual({ training: [1, 2, 4], evaluation: [0, 3] });
  expect(() => split(rows, { ...options, data_split_col: 'isLate' })).toThrow(
    'cannot be used with data_split_method SEQ',
  );
});
