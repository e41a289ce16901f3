import { computeQuantitiesOf, parseQuantity, sumOfQuantities } from './quantity';

it.each([
  ['250m', 0.25],
  ['1', 1],
  [2, 2],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['12345678n', 0.012345678],
  ['1500u', 0.0015],
  ['128Mi', 134_217_728],
  ['1Gi', 1_073_741_824],
  ['1k', 1_000],
  ['2G', 2_000_000_000],
  ['1e3', 1_000],
  ['1E', 1e18],
  ['-1', undefined],
  ['many', undefined],
  ['', undefined],
  [undefined, undefined],
])('parseQuantity(%j) is %s', (quantity, expected) => {
  expect(parseQuantity(quantity)).toBe(expected);
});

describe('sums', () => {
  it('leave out the side that nobody has', () => {
    const all = [computeQuantitiesOf({ cpu: '250m' }), computeQuantitiesOf({ cpu: '1' }), computeQuantitiesOf({})];
    expect(sumOfQuantities(all)).toEqual({ cpuCores: 1.25 });
  });
});
