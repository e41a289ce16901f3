import type { LineSeries } from '@leitstand/plugin-kit-react';
import type { Iteration, TrainingRun } from '@leitstand/plugin-ml-models-common';

/** A linear model that was solved rather than approached: there is one step, and no curve to look at. */
export function isNormalEquation({ options, iterations }: Pick<TrainingRun, 'options' | 'iterations'>): boolean {
  return options.optimizationStrategy === 'NORMAL_EQUATION' || (isSolvable(options) && iterations.length === 1);
}

function isSolvable({ lossType, optimizationStrategy }: TrainingRun['options']): boolean {
  return lossType === 'MEAN_SQUARED_LOSS' && optimizationStrategy === undefined;
}

/** Loss by iteration on what was trained with and on what was kept aside; without those that were not measured. */
export function lossSeries(
  iterations: readonly Iteration[],
  labels: { training: string; evaluation: string },
): LineSeries[] {
  const pointsOf = (loss: 'trainingLoss' | 'evalLoss') =>
    iterations.flatMap(iteration => {
      const y = iteration[loss];
      return y === undefined ? [] : [{ x: iteration.index, y }];
    });
  return [
    { id: 'training', label: labels.training, points: pointsOf('trainingLoss') },
    { id: 'evaluation', label: labels.evaluation, points: pointsOf('evalLoss') },
  ].filter(({ points }) => points.length > 0);
}
