import fc from 'fast-check';
import { checkRow } from './featureValues';

const check = (type: string, value: string | number | boolean | null) =>
  checkRow({ x: value }, { features: [{ name: 'x', type }], row: 1 })[0];

it.each([
  ['INT64', 5, '5'],
  ['INT64', '-9223372036854775808', '-9223372036854775808'],
  ['INT64', '9223372036854775807', '9223372036854775807'],
  ['FLOAT64', 1.5, '1.5'],
  ['FLOAT64', '-1e-3', '-1e-3'],
  ['NUMERIC', '12345678901234567890123456789.123456789', '12345678901234567890123456789.123456789'],
  ['BIGNUMERIC', '0.00000000000000000001', '0.00000000000000000001'],
  ['BOOL', true, 'true'],
  ['BOOL', 'FALSE', 'FALSE'],
  ['STRING', '', ''],
  ['DATE', '2024-02-29', '2024-02-29'],
  ['TIME', '23:59:59.999999', '23:59:59.999999'],
  ['DATETIME', '2026-03-01 08:30:00', '2026-03-01 08:30:00'],
  ['TIMESTAMP', '2026-03-01T08:30:00+01:00', '2026-03-01T08:30:00+01:00'],
  ['INT64', null, null],
] as const)('%s takes %s', (type, value, text) => expect(check(type, value)).toBe(text));

it.each([
  ['INT64', '9223372036854775808'],
  ['INT64', 1.5],
  ['INT64', ''],
  ['INT64', '1; DROP TABLE x'],
  ['FLOAT64', 'NaN'],
  ['FLOAT64', 'Infinity'],
  ['FLOAT64', ' '],
  ['NUMERIC', '1.0000000001'],
  ['BOOL', 1],
  ['DATE', '2026-02-30'],
  ['DATE', '1.3.2026'],
  ['TIME', '24:00:00'],
  ['DATETIME', '2026-03-01'],
  ['TIMESTAMP', '2026-03-01T08:30:00'],
  ['STRUCT', 'x'],
  ['toString', 'x'],
] as const)('%s refuses %s', (type, value) => expect(() => check(type, value)).toThrow(/^Row 1: x /));

it('keeps the order of the features, and names what is missing or too much', () => {
  const features = ['a', 'b'].map(name => ({ name, type: 'STRING' }));
  expect(checkRow({ b: 'y', a: 'x' }, { features, row: 1 })).toEqual(['x', 'y']);
  expect(() => checkRow({ a: 'x' }, { features, row: 7 })).toThrow('Row 7: b is missing');
  expect(() => checkRow({ a: 'x', b: 'y', c: 'z' }, { features, row: 1 })).toThrow('c is no feature');
});

it('lets nothing but a number through where the feature is one', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      try {
        return /^[+-]?\d+$/.test(check('INT64', text) ?? '');
      } catch {
        return true;
      }
    }),
  );
});
