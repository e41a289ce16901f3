import type { IterationResult, OptionValue, Relation } from '../model';
import { checkTraining, mlFunctions, resourceOf, trainModel } from '.';
import { call, relationOf, train } from './__testUtils__/train';

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
  const input = relationOf(
    { year: 'INTEGER', month: 'INTEGER' },
    [1, 2, 3].map(month => [2025, month]),
  );
  const { fields, rows } = mlFunctions.PREDICT!.call(model, input, {});
  expect(fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'predicted_avg_temp_celsius FLOAT',
    'year INTEGER',
    'month INTEGER',
  ]);
  // Closed form: 0.2 °C a year, 1.9 °C a month, and 3.8667 °C on average (2023.5, 2).
  expect(rows.map(([predicted]) => predicted)).toEqual(
    [34 / 15, 62.5 / 15, 91 / 15].map(value => expect.closeTo(value, 9)),
  );
  expect(reported).toEqual([
    { index: 0, trainingLoss: expect.closeTo(8 / 225, 9), evalLoss: null, learnRate: null, durationMs: 5 },
  ]);
  expect(model.iterations).toEqual(reported);
});

it('describes a regression in its resource', async () => {
  const { model } = await train(berlin, { ...berlinOptions, enable_global_explain: true });
  expect(resourceOf(model)).toEqual({
    modelType: 'LINEAR_REGRESSION',
    featureColumns: [
      { name: 'year', type: { typeKind: 'INT64' } },
      { name: 'month', type: { typeKind: 'INT64' } },
    ],
    labelColumns: [{ name: 'avg_temp_celsius', type: { typeKind: 'FLOAT64' } }],
    trainingRuns: [
      {
        startTime: '2026-01-01T00:00:00.005Z',
        trainingOptions: expect.objectContaining({
          lossType: 'MEAN_SQUARED_LOSS',
          inputLabelColumns: ['avg_temp_celsius'],
          maxIterations: '20',
          optimizationStrategy: 'NORMAL_EQUATION',
          dataSplitMethod: 'AUTO_SPLIT',
        }),
        results: [{ index: 0, durationMs: '5', trainingLoss: expect.closeTo(8 / 225, 9) }],
        evaluationMetrics: {
          regressionMetrics: {
            meanAbsoluteError: expect.closeTo(8 / 45, 9),
            meanSquaredError: expect.closeTo(8 / 225, 9),
            meanSquaredLogError: expect.any(Number),
            medianAbsoluteError: expect.closeTo(2 / 15, 9),
            rSquared: expect.closeTo(14.5 / (14.5 + 16 / 75), 9),
          },
        },
        modelLevelGlobalExplanation: {
          explanations: [
            { featureName: 'month', attribution: expect.closeTo((1.9 * 2) / 3, 9) },
            { featureName: 'year', attribution: expect.closeTo(0.1, 9) },
          ],
        },
      },
    ],
  });
});

/** Rain at 90 % and more; 600 rows, so that a part is kept for evaluation. */
const rain = relationOf(
  { humidity: 'FLOAT', season: 'STRING', rain: 'STRING' },
  Array.from({ length: 600 }, (_, index) => {
    const humidity = 60 + ((index * 37) % 400) / 10;
    return [humidity, index % 2 === 0 ? 'cold' : 'warm', humidity + ((index * 13) % 7) > 92 ? 'yes' : 'no'];
  }),
);
const rainOptions = { model_type: 'LOGISTIC_REG', input_label_cols: ['rain'] };

it('descends with the line search that BigQuery describes, until progress is small', async () => {
  const { model, reported } = await train(rain, rainOptions);
  expect(reported[0]!.learnRate).toBe(0.2);
  reported.slice(1).forEach(({ learnRate }, index) => {
    expect([2, 1, 0.5, 0.25]).toContain(learnRate! / reported[index]!.learnRate!);
  });
  const losses = reported.map(({ evalLoss }) => evalLoss!);
  const progress = losses.slice(1).map((loss, index) => (losses[index]! - loss) / losses[index]!);
  expect(progress.slice(0, -1).every(part => part >= 0.01)).toBe(true);
  expect(reported.length === 20 || progress.at(-1)! < 0.01).toBe(true);
  expect(call('TRAINING_INFO', model).at(-1)).toEqual({
    training_run: 0n,
    iteration: BigInt(reported.length - 1),
    loss: reported.at(-1)!.trainingLoss,
    eval_loss: reported.at(-1)!.evalLoss,
    learning_rate: reported.at(-1)!.learnRate,
    duration_ms: 5n,
  });
  const constant = { learn_rate_strategy: 'CONSTANT', learn_rate: 0.3, early_stop: false, max_iterations: 7 };
  const { reported: seven } = await train(rain, { ...rainOptions, ...constant });
  expect(seven.map(({ learnRate }) => learnRate)).toEqual(Array(7).fill(0.3));
});

it('describes a binary classification in its resource', async () => {
  const { model } = await train(rain, { ...rainOptions, enable_global_explain: true });
  const [run] = resourceOf(model).trainingRuns;
  const { binaryClassificationMetrics: metrics } = run!.evaluationMetrics as Record<string, Record<string, unknown>>;
  const evaluated = call('EVALUATE', model)[0]!;
  expect(metrics).toMatchObject({
    positiveLabel: 'yes',
    negativeLabel: 'no',
    aggregateClassificationMetrics: {
      threshold: 0.5,
      accuracy: evaluated.accuracy,
      logLoss: evaluated.log_loss,
      rocAuc: evaluated.roc_auc,
    },
  });
  const list = metrics!.binaryConfusionMatrixList as Record<string, string | number>[];
  expect(list.length).toBeGreaterThan(50);
  for (const { truePositives, falsePositives, precision } of list) {
    expect(typeof truePositives).toBe('string');
    expect(precision).toBeCloseTo(Number(truePositives) / (Number(truePositives) + Number(falsePositives)), 9);
  }
  expect(run!.trainingOptions).toMatchObject({ lossType: 'MEAN_LOG_LOSS', initialLearnRate: 0.1 });
  expect(run!.modelLevelGlobalExplanation).toMatchObject({ explanations: [{ featureName: 'humidity' }, {}] });
  expect(run!.classLevelGlobalExplanations).toHaveLength(1);
});

it('describes a classification of many classes in its resource', async () => {
  const relation = relationOf(
    { x: 'FLOAT', label: 'INTEGER' },
    Array.from({ length: 60 }, (_, index) => [index, [10, 9, 200][Math.floor(index / 20)]!]),
  );
  const { model } = await train(relation, { model_type: 'logistic_reg', enable_global_explain: true });
  expect(model.classes).toEqual(['9', '10', '200']);
  const [run] = resourceOf(model).trainingRuns;
  expect(run!.evaluationMetrics).toMatchObject({
    multiClassClassificationMetrics: {
      confusionMatrixList: [
        {
          rows: [
            { actualLabel: '9', entries: [{ predictedLabel: '9', itemCount: expect.any(String) }, {}, {}] },
            { actualLabel: '10' },
            { actualLabel: '200' },
          ],
        },
      ],
    },
  });
  expect(run!.classLevelGlobalExplanations).toMatchObject([
    { classLabel: '9' },
    { classLabel: '10' },
    { classLabel: '200' },
  ]);
  expect(call('WEIGHTS', model).map(({ class_label }) => class_label)).toEqual(['9', '9', '10', '10', '200', '200']);
});

it('gives the same model for the same data', async () => {
  const [first, second] = [await train(rain, rainOptions), await train(rain, rainOptions)];
  expect(second).toEqual(first);
});

it('goes through the origin without an intercept', async () => {
  const relation = relationOf({ x: 'INTEGER', label: 'FLOAT' }, [
    [1, 2],
    [2, 5],
    [3, 5],
  ]);
  const { model } = await train(relation, { model_type: 'linear_reg', fit_intercept: false });
  // Closed form: Σxy / Σx².
  expect(call('WEIGHTS', model)).toMatchObject([
    { processed_input: 'x', weight: expect.closeTo(27 / 14, 9) },
    { processed_input: '__INTERCEPT__', weight: 0 },
  ]);
});

it('descends where AUTO_STRATEGY does', async () => {
  const strategyOf = async (relation: Relation, options: Record<string, OptionValue>) => {
    const { model } = await train(relation, { model_type: 'linear_reg', ...options });
    return (resourceOf(model).trainingRuns[0]!.trainingOptions as { optimizationStrategy: string })
      .optimizationStrategy;
  };
  const places = relationOf({ place: 'STRING', label: 'INTEGER' }, [
    ['a', 1],
    ['b', 2],
  ]);
  expect(await strategyOf(places, {})).toBe('BATCH_GRADIENT_DESCENT');
  expect(await strategyOf(places, { optimize_strategy: 'NORMAL_EQUATION' })).toBe('NORMAL_EQUATION');
  expect(await strategyOf(berlin, { ...berlinOptions, l1_reg: 0.1 })).toBe('BATCH_GRADIENT_DESCENT');
});

it('ends between two iterations when it is aborted', async () => {
  const controller = new AbortController();
  const seen: IterationResult[] = [];
  const training = trainModel(
    { relation: rain, options: { ...rainOptions, early_stop: false } },
    {
      signal: controller.signal,
      onIteration: async result => {
        seen.push(result);
        if (result.index === 2) controller.abort(new Error('cancelled'));
      },
      now: () => new Date(0),
    },
  );
  await expect(training).rejects.toThrow('cancelled');
  expect(seen).toHaveLength(3);
});

const refusals: [string, Relation, Record<string, OptionValue>, string][] = [
  ['a missing label', berlin, { model_type: 'linear_reg' }, 'Label column label is not found in the training data'],
  ['a text as label of a regression', rain, { ...rainOptions, model_type: 'linear_reg' }, 'must be numeric'],
  [
    'one class',
    relationOf({ x: 'FLOAT', label: 'STRING' }, [[1, 'a']]),
    { model_type: 'logistic_reg' },
    'at least 2 unique labels',
  ],
  [
    'too many classes',
    relationOf(
      { x: 'FLOAT', label: 'INTEGER' },
      Array.from({ length: 51 }, (_, index) => [index, index]),
    ),
    { model_type: 'logistic_reg' },
    'has 51 unique labels, more than the 50',
  ],
  ['no rows', { ...berlin, rows: [] }, berlinOptions, "Input data doesn't contain any rows."],
  [
    'no labels',
    relationOf({ x: 'FLOAT', label: 'FLOAT' }, [[1, null]]),
    { model_type: 'linear_reg' },
    "doesn't contain any rows",
  ],
  [
    'infinite labels',
    relationOf({ x: 'FLOAT', label: 'FLOAT' }, [[1, Infinity]]),
    { model_type: 'linear_reg' },
    'infinite or NaN',
  ],
  ['no features', relationOf({ label: 'FLOAT' }, [[1]]), { model_type: 'linear_reg' }, 'no feature columns'],
  [
    'a class without weight',
    rain,
    { ...rainOptions, class_weights: [{ 0: 'yes', 1: 2 }] },
    'Option class_weights has no weight for label no',
  ],
  [
    'a missing split column',
    berlin,
    { ...berlinOptions, data_split_method: 'SEQ', data_split_col: 'day' },
    'Column day of data_split_col is not found',
  ],
  [
    'only evaluation data',
    relationOf({ x: 'FLOAT', late: 'BOOLEAN', label: 'FLOAT' }, [[1, true, 2]]),
    { model_type: 'linear_reg', data_split_method: 'CUSTOM', data_split_col: 'late' },
    'leaves no rows to train with',
  ],
  [
    'a rate that diverges',
    berlin,
    {
      ...berlinOptions,
      optimize_strategy: 'BATCH_GRADIENT_DESCENT',
      learn_rate_strategy: 'CONSTANT',
      learn_rate: 1e200,
    },
    'The training diverged',
  ],
];

it.each(refusals)('refuses %s', async (_, relation, options, message) => {
  await expect(train(relation, options)).rejects.toMatchObject({
    name: 'BigQueryError',
    reason: 'invalidQuery',
    status: 400,
    message: expect.stringContaining(message),
  });
});

it('refuses without data what a dry run can know', () => {
  expect(() => checkTraining(berlin.fields, berlinOptions)).not.toThrow();
  expect(() => checkTraining(berlin.fields, { model_type: 'linear_reg' })).toThrow('Label column label is not found');
  expect(() => checkTraining(berlin.fields, { ...berlinOptions, depth: 3 })).toThrow('Unknown option: depth');
});
