/** What is to be fitted. */
export interface Problem {
  /** Encoded rows. */
  rows: Float64Array[];
  /** Labels of a regression, or indexes of classes. */
  targets: number[];
  /** Of each row. */
  rowWeights: number[];
  /** 1, or the number of classes if there are more than two. */
  outputCount: number;
  hasIntercept: boolean;
  l1: number;
  l2: number;
}

/** What was found; see `TrainedModel`. */
export interface Solution {
  weights: number[][];
  intercepts: number[];
}

/** `weights · row + intercept` for each output. */
export function outputsOf({ weights, intercepts }: Solution, row: Float64Array): number[] {
  return weights.map((vector, output) => {
    let sum = intercepts[output]!;
    for (let index = 0; index < row.length; index += 1) sum += vector[index]! * row[index]!;
    return sum;
  });
}
