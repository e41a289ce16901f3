import type { OptionValue, Relation } from '../../model';
import { refuse } from '../refuse';
import type { TrainedModel } from '../TrainedModel';

/** A table function of BigQuery ML. */
export interface MlFunction {
  /** Whether it takes a table or query. */
  needsInput: 'required' | 'optional' | 'none';
  /** Names in its STRUCT; `thresholds` of ROC_CURVE is its array argument. */
  settings: readonly string[];
  /** @throws BigQueryError */
  call(model: TrainedModel, input: Relation | undefined, settings: Record<string, OptionValue>): Relation;
}

/** Checked settings, by lower-case name. */
export type Settings = Partial<Record<string, OptionValue>>;

/** Setting → what it has to be. */
const checks: Record<string, [(value: OptionValue) => boolean, string]> = {
  threshold: [value => typeof value === 'number' && value >= 0 && value <= 1, 'a FLOAT64 between 0 and 1'],
  thresholds: [
    value => Array.isArray(value) && value.length > 0 && value.every(entry => typeof entry === 'number'),
    'an ARRAY<FLOAT64>',
  ],
  standardize: [value => typeof value === 'boolean', 'a BOOL'],
  class_level_explain: [value => typeof value === 'boolean', 'a BOOL'],
  top_k_features: [value => Number.isInteger(value) && Number(value) > 0, 'a positive INT64'],
};

function checkedSettings(name: string, known: readonly string[], given: Record<string, OptionValue>): Settings {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const setting = key.toLowerCase();
      if (!known.includes(setting)) {
        throw refuse(`Invalid table-valued function ML.${name}\nUnexpected or not modelled setting: ${setting}`);
      }
      const [isRight, wanted] = checks[setting]!;
      if (value !== null && isRight(value)) return [setting, value];
      throw refuse(`Invalid table-valued function ML.${name}\nSetting ${setting} must be ${wanted}`);
    }),
  );
}

/** Puts the checks that all functions share before what one does. */
export function defineMlFunction(definition: {
  name: string;
  needsInput: MlFunction['needsInput'];
  settings: readonly string[];
  /** Left out: both kinds of models. */
  modelType?: TrainedModel['modelType'];
  run(model: TrainedModel, input: Relation | undefined, settings: Settings): Relation;
}): MlFunction {
  const { name, needsInput, settings, modelType, run } = definition;
  const start = `Invalid table-valued function ML.${name}`;
  return {
    needsInput,
    settings,
    call(model, input, given) {
      if (modelType && model.modelType !== modelType) {
        throw refuse(`${start}\nML.${name} is not supported for models of type ${model.modelType}`);
      }
      if (needsInput === 'required' && !input) throw refuse(`${start}\nA table or a query is required`);
      if (needsInput === 'none' && input) throw refuse(`${start}\nML.${name} takes no table and no query`);
      const checked = checkedSettings(name, settings, given);
      if (checked.threshold !== undefined && model.classes.length !== 2) {
        throw refuse(`${start}\nSetting threshold is only for binary classification models`);
      }
      return run(model, input, checked);
    },
  };
}

/** A number among {@link Settings}. */
export function numberSetting(settings: Settings, name: string): number | undefined {
  const value = settings[name];
  return typeof value === 'number' ? value : undefined;
}
