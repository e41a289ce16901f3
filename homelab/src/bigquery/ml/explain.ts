import { widthOf } from './inputs';
import type { TrainedModel } from './TrainedModel';

/** What a feature adds to a prediction. */
export interface Attribution {
  feature: string;
  attribution: number;
}

/** Mean absolute attributions, the highest first. */
export interface GlobalExplanation {
  model: Attribution[];
  /** By class, in the order of the classes; of a regression empty. */
  classes: Attribution[][];
}

type Explained = Pick<TrainedModel, 'features' | 'inputs' | 'weights' | 'classes'>;

/** Weight times standardised value, summed over all that a feature was made into: exact for a linear model. */
export function attributionsOf(model: Explained, row: Float64Array, output: number): Attribution[] {
  const sums = new Map(model.features.map(({ name }) => [name, 0]));
  const weights = model.weights[output]!;
  let offset = 0;
  for (const input of model.inputs) {
    const end = offset + widthOf(input);
    let sum = sums.get(input.column) ?? 0;
    for (; offset < end; offset += 1) sum += weights[offset]! * row[offset]!;
    sums.set(input.column, sum);
  }
  return [...sums].map(([feature, attribution]) => ({ feature, attribution }));
}

/** The highest absolute values first. */
export function byImportance(attributions: Attribution[]): Attribution[] {
  return [...attributions].sort((left, right) => Math.abs(right.attribution) - Math.abs(left.attribution));
}

function meanOf(lists: Attribution[][]): Attribution[] {
  const [first = []] = lists;
  return byImportance(
    first.map(({ feature }, index) => ({
      feature,
      attribution: lists.reduce((sum, list) => sum + Math.abs(list[index]!.attribution), 0) / lists.length,
    })),
  );
}

/** Explains a model by the rows it is judged by. */
export function explainModel(model: Explained, rows: readonly Float64Array[]): GlobalExplanation {
  const outputs = model.weights.map((_, output) => rows.map(row => attributionsOf(model, row, output)));
  const isBinary = model.classes.length === 2;
  return {
    model: meanOf(outputs.flat()),
    classes: model.classes.map((_, index) => meanOf(outputs[isBinary ? 0 : index]!)),
  };
}
