import { BigQueryError, type OptionValue } from '../model';
import { readOptions } from './options';

const linear = { model_type: 'linear_reg' };
const logistic = { model_type: 'logistic_reg' };

it('has the documented defaults', () => {
  expect(readOptions(linear)).toEqual({
    modelType: 'LINEAR_REG',
    inputLabelCols: ['label'],
    optimizeStrategy: 'AUTO_STRATEGY',
    learnRateStrategy: 'LINE_SEARCH',
    learnRate: 0.1,
    lsInitLearnRate: 0.1,
    calculatePValues: false,
    fitIntercept: true,
    categoryEncodingMethod: 'ONE_HOT_ENCODING',
    autoClassWeights: false,
    enableGlobalExplain: false,
    l1Reg: 0,
    l2Reg: 0,
    maxIterations: 20,
    warmStart: false,
    earlyStop: true,
    minRelProgress: 0.01,
    dataSplitMethod: 'AUTO_SPLIT',
  });
});

it('reads names and values in any case', () => {
  const options = readOptions({
    MODEL_TYPE: 'Logistic_Reg',
    labels: ['frost'],
    Class_Weights: [
      { 0: 'true', 1: 2 },
      { 1: 0.5, label: 'false' },
    ],
    data_split_method: 'custom',
    data_split_col: 'is_late',
  });
  expect(options).toMatchObject({
    modelType: 'LOGISTIC_REG',
    inputLabelCols: ['frost'],
    classWeights: { true: 2, false: 0.5 },
    dataSplitMethod: 'CUSTOM',
    dataSplitCol: 'is_late',
  });
});

const refusals: [Record<string, OptionValue>, string][] = [
  [{}, 'Missing required option: model_type'],
  [{ ...linear, number_of_trees: 3 }, 'Unknown option: number_of_trees'],
  [{ model_type: 'linear' }, 'Invalid value for option model_type: one of LINEAR_REG, LOGISTIC_REG is expected'],
  [{ model_type: 'ARIMA_PLUS' }, 'Option time_series_timestamp_col is required for models of type ARIMA_PLUS'],
  [
    { model_type: 'arima_plus', time_series_timestamp_col: 'time', time_series_data_col: 'value' },
    'The homelab does not model model_type ARIMA_PLUS; it has LINEAR_REG and LOGISTIC_REG',
  ],
  [{ model_type: 'kmeans' }, 'The homelab does not model model_type KMEANS; it has LINEAR_REG and LOGISTIC_REG'],
  [{ ...linear, num_trials: 10 }, 'The homelab does not model option num_trials'],
  [{ ...linear, warm_start: true }, 'The homelab does not model option warm_start = TRUE'],
  [{ ...linear, calculate_p_values: true }, 'The homelab does not model option calculate_p_values = TRUE'],
  [
    { ...linear, input_label_cols: 'a' },
    'Invalid value for option input_label_cols: an ARRAY<STRING> of one element is expected',
  ],
  [
    { ...linear, input_label_cols: ['a', 'b'] },
    'Invalid value for option input_label_cols: an ARRAY<STRING> of one element is expected',
  ],
  [{ ...linear, l2_reg: -1 }, 'Invalid value for option l2_reg: a FLOAT64 that is not negative is expected'],
  [{ ...linear, max_iterations: 1.5 }, 'Invalid value for option max_iterations: a positive INT64 is expected'],
  [{ ...linear, learn_rate: 0 }, 'Invalid value for option learn_rate: a positive FLOAT64 is expected'],
  [{ ...linear, early_stop: 'yes' }, 'Invalid value for option early_stop: a BOOL is expected'],
  [
    { ...linear, data_split_eval_fraction: 1 },
    'Invalid value for option data_split_eval_fraction: a part of 1 is expected',
  ],
  [{ ...linear, data_split_col: '' }, 'Invalid value for option data_split_col: a STRING is expected'],
  [
    { ...logistic, class_weights: ['a'] },
    'Invalid value for option class_weights: an ARRAY<STRUCT<STRING, FLOAT64>> is expected',
  ],
  [
    { ...logistic, class_weights: 1 },
    'Invalid value for option class_weights: an ARRAY<STRUCT<STRING, FLOAT64>> is expected',
  ],
  [
    { ...linear, auto_class_weights: true },
    'Options class_weights and auto_class_weights are only for models of type LOGISTIC_REG',
  ],
  [
    { ...logistic, auto_class_weights: true, class_weights: [{ label: 'a', weight: 1 }] },
    'Option class_weights cannot be used if auto_class_weights is TRUE',
  ],
  [
    { ...logistic, optimize_strategy: 'NORMAL_EQUATION' },
    'Option optimize_strategy is only for models of type LINEAR_REG',
  ],
  [{ ...linear, learn_rate: 0.2 }, 'Option learn_rate can only be used if learn_rate_strategy is CONSTANT'],
  [
    { ...linear, learn_rate_strategy: 'CONSTANT', ls_init_learn_rate: 0.2 },
    'Option ls_init_learn_rate can only be used if learn_rate_strategy is LINE_SEARCH',
  ],
  [
    { ...linear, optimize_strategy: 'NORMAL_EQUATION', l1_reg: 1 },
    'optimize_strategy NORMAL_EQUATION cannot be used with l1_reg',
  ],
  [
    { ...linear, data_split_method: 'SEQ' },
    'Option data_split_col has to be used with data_split_method CUSTOM or SEQ, and only with these',
  ],
  [
    { ...linear, data_split_col: 'a' },
    'Option data_split_col has to be used with data_split_method CUSTOM or SEQ, and only with these',
  ],
];

it.each(refusals)('refuses %j', (options, message) => {
  expect(() => readOptions(options)).toThrow(new BigQueryError(message, { reason: 'invalidQuery' }));
});
