import type { FieldType, Value } from '../model';
import { call, fieldsOf, relationOf, train } from './__testUtils__/train';
import { encodeRows, fitInputs } from './inputs';

const plain = { isCentered: true, isDummy: false };

function encode(column: { type: FieldType; values: Value[] }, options = plain, others: Value[] = column.values) {
  const features = fieldsOf({ a: column.type });
  const inputs = fitInputs({ fields: features, rows: column.values.map(value => [value]) }, features, options);
  const rows = encodeRows(
    inputs,
    features,
    others.map(value => [value]),
  );
  return { inputs, rows: rows.map(row => [...row]) };
}

it('standardises numbers of every type, with the mean in place of NULL', () => {
  const columns: [FieldType, Value[]][] = [
    ['INTEGER', [1n, 3n, null, 2n]],
    ['FLOAT', [1, 3, null, 2]],
    ['NUMERIC', ['1', '3', null, '2']],
    ['BIGNUMERIC', ['1', '3.0', null, '2']],
  ];
  for (const [type, values] of columns) expect(encode({ type, values }).rows).toEqual([[-1], [1], [0], [0]]);
  const uncentered = encode({ type: 'FLOAT', values: [1, 3, null, 2] }, { ...plain, isCentered: false });
  expect(uncentered.rows).toEqual([[1], [3], [2], [2]]);
  expect(encode({ type: 'FLOAT', values: [7, 7] }).rows).toEqual([[0], [0]]);
});

it('gives each category a column, NULL too if it was seen, and an unseen one none', () => {
  const values = ['b', 'a', null, 'b'];
  const { rows, inputs } = encode({ type: 'STRING', values }, plain, ['a', 'b', null, 'c']);
  expect(rows).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0, 0, 0],
  ]);
  expect(inputs).toEqual([{ kind: 'categorical', name: 'a', column: 'a', categories: ['a', 'b', null] }]);
  expect(encode({ type: 'BOOLEAN', values: [true, false] }, plain, [false, true, null]).rows).toEqual([
    [1, 0],
    [0, 1],
    [0, 0],
  ]);
});

it('drops the most frequent category with dummy encoding', () => {
  const { rows } = encode(
    { type: 'DATE', values: ['2026-01-02', '2026-01-01', '2026-01-02'] },
    { ...plain, isDummy: true },
  );
  expect(rows).toEqual([
    [0, 0],
    [1, 0],
    [0, 0],
  ]);
});

it('takes a TIMESTAMP apart', () => {
  const values = ['2026-01-04T23:59:00Z', '2025-12-31T00:00:00Z'].map(time => String(Date.parse(time) * 1000));
  const { inputs } = encode({ type: 'TIMESTAMP', values });
  const [time, ...parts] = inputs;
  expect(time).toMatchObject({ kind: 'numeric', name: 'a' });
  expect(Object.fromEntries(parts.map(part => [part.name, part.kind === 'categorical' && part.categories]))).toEqual({
    _TS_DOM_a: ['31', '4'],
    _TS_DOW_a: ['1', '4'],
    _TS_MOY_a: ['1', '12'],
    _TS_HOD_a: ['0', '23'],
    _TS_MOH_a: ['0', '59'],
    _TS_WOY_a: ['1', '52'],
    _TS_YEAR_a: ['2025', '2026'],
  });
});

it('refuses what it cannot encode', () => {
  for (const type of ['RECORD', 'JSON'] as const) {
    expect(() => encode({ type, values: [] })).toThrow(`does not model features of type ${type}`);
  }
  const [repeated] = fieldsOf({ a: 'STRING' }).map(field => ({ ...field, mode: 'REPEATED' as const }));
  expect(() => fitInputs({ fields: [repeated!], rows: [] }, [repeated!], plain)).toThrow('ARRAY of STRING');
  expect(() => encode({ type: 'FLOAT', values: [NaN] })).toThrow('not finite');
});

it.each([
  ['ONE_HOT_ENCODING', expect.any(Number)],
  ['DUMMY_ENCODING', 0],
])('finds least squares over categories with %s', async (method, weightOfMostFrequent) => {
  const relation = relationOf({ place: 'STRING', label: 'FLOAT' }, [
    ...Array.from({ length: 20 }, () => ['a', 1]),
    ...Array.from({ length: 19 }, () => ['b', 3]),
    [null, 8],
    ['b', null],
  ]);
  const { model } = await train(relation, {
    model_type: 'linear_reg',
    optimize_strategy: 'NORMAL_EQUATION',
    category_encoding_method: method,
  });
  const input = relationOf({ place: 'STRING' }, [['a'], ['b'], [null]]);
  const predictions = call('PREDICT', model, { input }).map(row => row.predicted_label);
  expect(predictions).toEqual([1, 3, 8].map(value => expect.closeTo(value, 9)));
  expect(call('WEIGHTS', model)[0]!.category_weights).toEqual([
    { category: 'a', weight: weightOfMostFrequent },
    { category: 'b', weight: expect.any(Number) },
    { category: '_null_filler', weight: expect.any(Number) },
  ]);
  expect(call('FEATURE_INFO', model)).toMatchObject([
    { input: 'place', category_count: 2n, null_count: 1n, mean: null },
  ]);
});
