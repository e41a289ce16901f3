import type { IterationResult } from '../../model';
import { widthOf, type Input } from '../inputs';
import type { TrainingOptions } from '../options';
import { refuse } from '../refuse';
import { GradientDescent, meanLoss } from './GradientDescent';
import type { Loss } from './losses';
import type { Problem, Solution } from './problem';
import { solveNormalEquation } from './solveNormalEquation';

type Part = Pick<Problem, 'rows' | 'targets' | 'rowWeights'>;

/** What is fitted, and how. */
export interface FittingTask {
  training: Part;
  /** Empty if nothing was split off. */
  evaluation: Part;
  loss: Loss;
  inputs: readonly Input[];
  options: TrainingOptions;
  /** 0 for a regression. */
  classCount: number;
}

/** What fitting needs from outside; see `TrainingHooks`. */
export interface FittingHooks {
  signal: AbortSignal;
  onIteration(result: IterationResult): Promise<void>;
  now(): Date;
}

const maxNormalCardinality = 10_000;

/**
 * AUTO_STRATEGY as documented, where "cardinality" is read as the number of categories of the categorical features: a
 * handful of numeric rows is solved exactly.
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-create-glm#optimize_strategy
 */
function isNormalEquation({ options, inputs, training, classCount }: FittingTask): boolean {
  if (classCount > 0) return false;
  const cardinality = inputs.reduce((sum, input) => sum + (input.kind === 'numeric' ? 0 : widthOf(input)), 0);
  if (options.optimizeStrategy === 'NORMAL_EQUATION') {
    if (cardinality <= maxNormalCardinality) return true;
    throw refuse(`optimize_strategy NORMAL_EQUATION cannot be used with more than ${maxNormalCardinality} categories`);
  }
  if (options.optimizeStrategy === 'BATCH_GRADIENT_DESCENT') return false;
  return options.l1Reg === 0 && cardinality <= maxNormalCardinality && training.rows.length >= 10 * cardinality;
}

function problemOf({ training, options, classCount }: FittingTask): Problem {
  return {
    ...training,
    outputCount: classCount > 2 ? classCount : 1,
    hasIntercept: options.fitIntercept,
    l1: options.l1Reg,
    l2: options.l2Reg,
  };
}

/** Counts iterations, measures them and tells of them. */
class Progress {
  readonly iterations: IterationResult[] = [];
  private since: number;

  constructor(
    private readonly task: FittingTask,
    private readonly hooks: FittingHooks,
  ) {
    this.since = hooks.now().getTime();
  }

  /** @returns the relative progress of the loss since the iteration before */
  async add(solution: Solution, learnRate: number | null): Promise<number> {
    const { training, evaluation, loss } = this.task;
    const now = this.hooks.now().getTime();
    const result: IterationResult = {
      index: this.iterations.length,
      trainingLoss: meanLoss(solution, training, loss),
      evalLoss: evaluation.rows.length > 0 ? meanLoss(solution, evaluation, loss) : null,
      learnRate,
      durationMs: now - this.since,
    };
    if (!Number.isFinite(result.trainingLoss)) throw refuse('The training diverged; try a smaller learn_rate');
    const watched = (iteration: IterationResult) => iteration.evalLoss ?? iteration.trainingLoss;
    const before = this.iterations.at(-1);
    this.since = now;
    this.iterations.push(result);
    await this.hooks.onIteration(result);
    this.hooks.signal.throwIfAborted();
    return before ? (watched(before) - watched(result)) / watched(before) : Infinity;
  }
}

/** Finds the weights. @throws BigQueryError; the signal's reason when it is aborted */
export async function fit(
  task: FittingTask,
  hooks: FittingHooks,
): Promise<{ solution: Solution; iterations: IterationResult[] }> {
  const { options, loss } = task;
  const progress = new Progress(task, hooks);
  const problem = problemOf(task);
  if (isNormalEquation(task)) {
    const solution = solveNormalEquation(problem);
    await progress.add(solution, null);
    return { solution, iterations: progress.iterations };
  }
  const strategy = options.learnRateStrategy;
  const rate = strategy === 'CONSTANT' ? options.learnRate : options.lsInitLearnRate;
  const descent = new GradientDescent(problem, loss, { strategy, rate });
  for (let index = 0; index < options.maxIterations; index += 1) {
    const { learnRate, isBetter } = descent.step();
    const relativeProgress = await progress.add(descent.solution, learnRate);
    if (!isBetter || (options.earlyStop && relativeProgress < options.minRelProgress)) break;
  }
  return { solution: descent.solution, iterations: progress.iterations };
}
