import { type Field, type FieldType, type IterationResult, type OptionValue, type Value } from '../model';
import { mlFunctions, resourceOf, trainModel, type TrainedModel } from '.';

const fieldsOf = (columns: Record<string, FieldType>): Field[] =>
  Object.entries(columns).map(([name, type]) => ({ name, type, mode: 'NULLABLE' }));

const berlin = {
  fields: fieldsOf({ year: 'INTEGER', month: 'INTEGER', avg_temp_celsius: 'FLOAT' }),
  rows: [
    [2023n, 1n, 2.0],
    [2023n, 2n, 3.5],
    [2023n, 3n, 5.8],
    [2024n, 1n, 2.2],
    [2024n, 2n, 3.7],
    [2024n, 3n, 6.0],
  ] as Value[][],
};
const berlinOptions = { MODEL_TYPE: 'linear_reg', input_label_cols: ['avg_temp_celsius'] };

interface Training {
  model: TrainedModel;
  reported: IterationResult[];
}

async function train(
  relation: { fields: Field[]; rows: Value[][] },
  options: Record<string, OptionValue>,
): Promise<Training> {
  const reported: IterationResult[] = [];
  let time = Date.UTC(2026, 0, 1);
  const model = await trainModel(
    { relation, options },
    {
      signal: new AbortController().signal,
      onIteration: async result => void reported.push(result),
      now: () => new Date((time += 5)),
    },
  );
  return { model: JSON.parse(JSON.stringify(model)), reported };
}

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
