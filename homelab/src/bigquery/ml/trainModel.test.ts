import { mlFunctions, resourceOf } from '.';
import { fieldsOf, relationOf, train } from './__testUtils__/train';

const berlin = relationOf({ year: 'INTEGER', month: 'INTEGER', avg_temp_celsius: 'FLOAT' }, [
  [2023, 1, 2.0],
  [2023, 2, 3.5],
  [2023, 3, 5.8],
  [2024, 1, 2.2],
  [2024, 2, 3.7],
  [2024, 3, 6.0],
]);
const berlinOptions = { MODEL_TYPE: 'linear_reg', input_label_cols: ['avg_temp_celsius'] };

it('trains the Berlin table of the learning project by least squares', async () => {
  const { model, reported } = await train(berlin, berlinOptions);
  const input = {
    fields: fieldsOf({ year: 'INTEGER', month: 'INTEGER' }),
    rows: [1n, 2n, 3n].map(month => [2025n, month]),
  };
  const { fields, rows } = mlFunctions.PREDICT!.call(model, input, {});
  expect(fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'predicted_avg_temp_celsius FLOAT',
    'year INTEGER',
    'month INTEGER',
  ]);
  // Closed form: 0.2 °C a year, 1.9 °C a month, and 3.8667 °C on average (2023.5, 2).
  expect(rows.map(([predicted]) => predicted)).toEqual([
    expect.closeTo(34 / 15, 9),
    expect.closeTo(62.5 / 15, 9),
    expect.closeTo(91 / 15, 9),
  ]);
  expect(reported).toHaveLength(1);
  expect(reported[0]).toMatchObject({ index: 0, learnRate: null, evalLoss: null });
  expect(resourceOf(model)).toMatchObject({ modelType: 'LINEAR_REGRESSION' });
});
