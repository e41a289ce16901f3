import type { Loss } from './losses';
import { outputsOf, type Problem, type Solution } from './problem';

/** The mean loss over rows, by their weights; without penalties. */
export function meanLoss(
  solution: Solution,
  { rows, targets, rowWeights }: Pick<Problem, 'rows' | 'targets' | 'rowWeights'>,
  loss: Loss,
): number {
  let sum = 0;
  let total = 0;
  for (let index = 0; index < rows.length; index += 1) {
    sum += rowWeights[index]! * loss.value(outputsOf(solution, rows[index]!), targets[index]!);
    total += rowWeights[index]!;
  }
  return sum / total;
}

/** Pulls a value towards 0 and stops there: the proximal step of an L1 penalty. */
function shrink(value: number, by: number): number {
  return Math.sign(value) * Math.max(Math.abs(value) - by, 0);
}

/**
 * Batch gradient descent over Σ weight·loss / divisor + l2/2·‖w‖² + l1·‖w‖₁, divided by the sum of the row weights; one
 * step a call. With line search each step takes the best of four rates, as BigQuery says of itself
 * (https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-train).
 */
export class GradientDescent {
  solution: Solution;
  private readonly total: number;

  constructor(
    private readonly problem: Problem,
    private readonly loss: Loss,
    private learnRate: { strategy: 'LINE_SEARCH' | 'CONSTANT'; rate: number },
  ) {
    const width = problem.rows[0]?.length ?? 0;
    const outputs = Array.from({ length: problem.outputCount });
    this.solution = { weights: outputs.map(() => Array(width).fill(0)), intercepts: outputs.map(() => 0) };
    this.total = problem.rowWeights.reduce((sum, weight) => sum + weight, 0);
  }

  /** @returns the learn rate that was used, and whether anything got better */
  step(): { learnRate: number; isBetter: boolean } {
    const gradient = this.gradient();
    if (this.learnRate.strategy === 'CONSTANT') {
      this.solution = this.moved(gradient, this.learnRate.rate);
      return { learnRate: this.learnRate.rate, isBetter: true };
    }
    const current = this.objective(this.solution);
    let rates = [2, 1, 0.5, 0.25].map(factor => factor * this.learnRate.rate);
    for (let attempt = 0; attempt < 15; attempt += 1) {
      const best = rates
        .map(rate => ({ rate, solution: this.moved(gradient, rate) }))
        .map(candidate => ({ ...candidate, objective: this.objective(candidate.solution) }))
        .reduce((left, right) => (right.objective < left.objective ? right : left));
      if (best.objective < current) {
        this.solution = best.solution;
        this.learnRate = { ...this.learnRate, rate: best.rate };
        return { learnRate: best.rate, isBetter: true };
      }
      rates = rates.map(rate => rate / 16);
    }
    return { learnRate: this.learnRate.rate, isBetter: false };
  }

  private objective(solution: Solution): number {
    const { l1, l2 } = this.problem;
    let penalty = 0;
    for (const weight of solution.weights.flat()) penalty += (l2 / 2) * weight * weight + l1 * Math.abs(weight);
    return meanLoss(solution, this.problem, this.loss) / this.loss.divisor + penalty / this.total;
  }

  private gradient(): Solution {
    const { rows, targets, rowWeights, l2 } = this.problem;
    const weights = this.solution.weights.map(vector => vector.map(weight => (l2 * weight) / this.total));
    const intercepts = this.solution.intercepts.map(() => 0);
    rows.forEach((row, index) => {
      const slopes = this.loss.gradient(outputsOf(this.solution, row), targets[index]!);
      slopes.forEach((slope, output) => {
        const part = (slope * rowWeights[index]!) / this.total;
        const vector = weights[output]!;
        intercepts[output]! += part;
        for (let column = 0; column < row.length; column += 1) vector[column]! += part * row[column]!;
      });
    });
    return { weights, intercepts };
  }

  private moved(gradient: Solution, rate: number): Solution {
    const { l1, hasIntercept } = this.problem;
    const threshold = (rate * l1) / this.total;
    return {
      weights: this.solution.weights.map((vector, output) =>
        vector.map((weight, column) => shrink(weight - rate * gradient.weights[output]![column]!, threshold)),
      ),
      intercepts: this.solution.intercepts.map((intercept, output) =>
        hasIntercept ? intercept - rate * gradient.intercepts[output]! : 0,
      ),
    };
  }
}
