import type { OptionValue } from '../model';
import { refuse } from './refuse';

/** Options of a training with their defaults put in. */
export interface TrainingOptions {
  modelType: 'LINEAR_REG' | 'LOGISTIC_REG';
  inputLabelCols: string[];
  optimizeStrategy: 'AUTO_STRATEGY' | 'BATCH_GRADIENT_DESCENT' | 'NORMAL_EQUATION';
  learnRateStrategy: 'LINE_SEARCH' | 'CONSTANT';
  learnRate: number;
  lsInitLearnRate: number;
  calculatePValues: boolean;
  fitIntercept: boolean;
  categoryEncodingMethod: 'ONE_HOT_ENCODING' | 'DUMMY_ENCODING';
  autoClassWeights: boolean;
  /** By the text of the label; left out where all weigh the same. */
  classWeights?: Record<string, number>;
  enableGlobalExplain: boolean;
  l1Reg: number;
  l2Reg: number;
  maxIterations: number;
  warmStart: boolean;
  earlyStop: boolean;
  minRelProgress: number;
  dataSplitMethod: 'AUTO_SPLIT' | 'RANDOM' | 'CUSTOM' | 'SEQ' | 'NO_SPLIT';
  /** Left out: as the method has it. */
  dataSplitEvalFraction?: number;
  dataSplitCol?: string;
}

type Reader = (value: OptionValue, name: string) => unknown;
const invalid = (name: string, wanted: string) => refuse(`Invalid value for option ${name}: ${wanted} is expected`);

const oneOf =
  (...values: string[]): Reader =>
  (value, name) => {
    const text = typeof value === 'string' ? value.toUpperCase() : '';
    if (values.includes(text)) return text;
    throw invalid(name, `one of ${values.join(', ')}`);
  };

const number =
  (accepts: (value: number) => boolean, wanted: string): Reader =>
  (value, name) => {
    if (typeof value === 'number' && Number.isFinite(value) && accepts(value)) return value;
    throw invalid(name, wanted);
  };

const boolean: Reader = (value, name) => {
  if (typeof value === 'boolean') return value;
  throw invalid(name, 'a BOOL');
};

const text: Reader = (value, name) => {
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(name, 'a STRING');
};

const labelColumns: Reader = (value, name) => {
  if (Array.isArray(value) && value.length === 1 && typeof value[0] === 'string') return value;
  throw invalid(name, 'an ARRAY<STRING> of one element');
};

const weights: Reader = (value, name) => {
  const wanted = 'an ARRAY<STRUCT<STRING, FLOAT64>>';
  if (!Array.isArray(value)) throw invalid(name, wanted);
  return Object.fromEntries(
    value.map(entry => {
      const values = typeof entry === 'object' && entry !== null ? Object.values(entry) : [];
      const label = values.find(part => typeof part === 'string');
      const weight = values.find(part => typeof part === 'number');
      if (values.length !== 2 || label === undefined || weight === undefined || weight < 0) throw invalid(name, wanted);
      return [label, weight];
    }),
  );
};

const notNegative = number(value => value >= 0, 'a FLOAT64 that is not negative');
const positive = number(value => value > 0, 'a positive FLOAT64');

/**
 * Option → where it goes and how it is read.
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-create-glm
 */
const readers: Record<string, [keyof TrainingOptions, Reader]> = {
  model_type: ['modelType', oneOf('LINEAR_REG', 'LOGISTIC_REG')],
  input_label_cols: ['inputLabelCols', labelColumns],
  optimize_strategy: ['optimizeStrategy', oneOf('AUTO_STRATEGY', 'BATCH_GRADIENT_DESCENT', 'NORMAL_EQUATION')],
  learn_rate_strategy: ['learnRateStrategy', oneOf('LINE_SEARCH', 'CONSTANT')],
  learn_rate: ['learnRate', positive],
  ls_init_learn_rate: ['lsInitLearnRate', positive],
  calculate_p_values: ['calculatePValues', boolean],
  fit_intercept: ['fitIntercept', boolean],
  category_encoding_method: ['categoryEncodingMethod', oneOf('ONE_HOT_ENCODING', 'DUMMY_ENCODING')],
  auto_class_weights: ['autoClassWeights', boolean],
  class_weights: ['classWeights', weights],
  enable_global_explain: ['enableGlobalExplain', boolean],
  l1_reg: ['l1Reg', notNegative],
  l2_reg: ['l2Reg', notNegative],
  max_iterations: ['maxIterations', number(value => Number.isInteger(value) && value > 0, 'a positive INT64')],
  warm_start: ['warmStart', boolean],
  early_stop: ['earlyStop', boolean],
  min_rel_progress: ['minRelProgress', notNegative],
  data_split_method: ['dataSplitMethod', oneOf('AUTO_SPLIT', 'RANDOM', 'CUSTOM', 'SEQ', 'NO_SPLIT')],
  data_split_eval_fraction: ['dataSplitEvalFraction', number(value => value >= 0 && value < 1, 'a part of 1')],
  data_split_col: ['dataSplitCol', text],
};

const defaults: TrainingOptions = {
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
};

/** Options that BigQuery has for these models and the homelab has not. */
const notModelled = [
  'num_trials',
  'max_parallel_trials',
  'hparam_tuning_algorithm',
  'hparam_tuning_objectives',
  'data_split_test_fraction',
  'model_registry',
  'vertex_ai_model_id',
  'vertex_ai_model_version_aliases',
  'kms_key_name',
];

/** Model types that BigQuery has and the homelab has not, and the options without which BigQuery refuses them itself. */
const otherModelTypes: Record<string, string[]> = {
  ARIMA_PLUS: ['time_series_timestamp_col', 'time_series_data_col'],
  ARIMA: ['time_series_timestamp_col', 'time_series_data_col'],
  ARIMA_PLUS_XREG: ['time_series_timestamp_col', 'time_series_data_col'],
  KMEANS: [],
  MATRIX_FACTORIZATION: [],
  PCA: [],
  AUTOENCODER: [],
  BOOSTED_TREE_CLASSIFIER: [],
  BOOSTED_TREE_REGRESSOR: [],
  RANDOM_FOREST_CLASSIFIER: [],
  RANDOM_FOREST_REGRESSOR: [],
  DNN_CLASSIFIER: [],
  DNN_REGRESSOR: [],
  DNN_LINEAR_COMBINED_CLASSIFIER: [],
  DNN_LINEAR_COMBINED_REGRESSOR: [],
  AUTOML_CLASSIFIER: [],
  AUTOML_REGRESSOR: [],
  CONTRIBUTION_ANALYSIS: [],
  TRANSFORM_ONLY: [],
  TENSORFLOW: [],
  TENSORFLOW_LITE: [],
  ONNX: [],
  XGBOOST: [],
};

function checkModelType(given: ReadonlyMap<string, OptionValue>): void {
  const type = given.get('model_type');
  if (typeof type !== 'string') throw refuse('Missing required option: model_type');
  const required = otherModelTypes[type.toUpperCase()];
  if (!required) return;
  const missing = required.find(name => !given.has(name));
  if (missing) throw refuse(`Option ${missing} is required for models of type ${type.toUpperCase()}`);
  throw refuse(`The homelab does not model model_type ${type.toUpperCase()}; it has LINEAR_REG and LOGISTIC_REG`);
}

/** What excludes what, in order: condition → message. */
const conflicts: [(options: TrainingOptions, given: ReadonlyMap<string, unknown>) => boolean, string][] = [
  [options => options.warmStart, 'The homelab does not model option warm_start = TRUE'],
  [options => options.calculatePValues, 'The homelab does not model option calculate_p_values = TRUE'],
  [
    ({ modelType }, given) => modelType === 'LOGISTIC_REG' && given.has('optimize_strategy'),
    'Option optimize_strategy is only for models of type LINEAR_REG',
  ],
  [
    ({ modelType }, given) =>
      modelType === 'LINEAR_REG' && (given.has('class_weights') || given.has('auto_class_weights')),
    'Options class_weights and auto_class_weights are only for models of type LOGISTIC_REG',
  ],
  [
    options => options.autoClassWeights && options.classWeights !== undefined,
    'Option class_weights cannot be used if auto_class_weights is TRUE',
  ],
  [
    ({ learnRateStrategy }, given) => learnRateStrategy === 'LINE_SEARCH' && given.has('learn_rate'),
    'Option learn_rate can only be used if learn_rate_strategy is CONSTANT',
  ],
  [
    ({ learnRateStrategy }, given) => learnRateStrategy === 'CONSTANT' && given.has('ls_init_learn_rate'),
    'Option ls_init_learn_rate can only be used if learn_rate_strategy is LINE_SEARCH',
  ],
  [
    ({ optimizeStrategy, l1Reg }) => optimizeStrategy === 'NORMAL_EQUATION' && l1Reg > 0,
    'optimize_strategy NORMAL_EQUATION cannot be used with l1_reg',
  ],
  [
    ({ dataSplitMethod, dataSplitCol }) =>
      (dataSplitMethod === 'CUSTOM' || dataSplitMethod === 'SEQ') !== (dataSplitCol !== undefined),
    'Option data_split_col has to be used with data_split_method CUSTOM or SEQ, and only with these',
  ],
];

/** Reads the OPTIONS of CREATE MODEL. @throws BigQueryError for one that is unknown, wrong, or not modelled */
export function readOptions(options: Record<string, OptionValue>): TrainingOptions {
  const given = new Map(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]));
  if (given.has('labels') && !given.has('input_label_cols')) {
    given.set('input_label_cols', given.get('labels') ?? null);
    given.delete('labels');
  }
  checkModelType(given);
  const entries = [...given].map(([name, value]) => {
    if (notModelled.includes(name)) throw refuse(`The homelab does not model option ${name}`);
    const reader = readers[name];
    if (!reader) throw refuse(`Unknown option: ${name}`);
    return [reader[0], reader[1](value, name)];
  });
  const read: TrainingOptions = { ...defaults, ...Object.fromEntries(entries) };
  const conflict = conflicts.find(([isMet]) => isMet(read, given));
  if (conflict) throw refuse(conflict[1]);
  return read;
}
