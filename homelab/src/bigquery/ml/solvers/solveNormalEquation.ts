import { Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';
import type { Problem, Solution } from './problem';

function columnMeans(rows: Float64Array[], width: number): Float64Array {
  const means = new Float64Array(width);
  for (const row of rows) row.forEach((value, index) => (means[index]! += value / rows.length));
  return means;
}

/** Reduces a tall problem to a square one with the same solution. */
function reduced(design: Matrix, target: Matrix): [Matrix, Matrix] {
  if (design.rows <= design.columns) return [design, target];
  const qr = new QrDecomposition(design);
  return [qr.upperTriangularMatrix, qr.orthogonalMatrix.transpose().mmul(target)];
}

/**
 * Least squares: minimises Σ(y − Xw − b)² + l2·‖w‖², the intercept unpenalised. Goes through QR and singular values, so
 * that ill-conditioned data keeps its digits; of several solutions (one-hot columns add up to one) the shortest.
 */
export function solveNormalEquation({ rows, targets, hasIntercept, l2 }: Problem): Solution {
  const width = rows[0]?.length ?? 0;
  const means = hasIntercept ? columnMeans(rows, width) : new Float64Array(width);
  const targetMean = hasIntercept ? targets.reduce((sum, value) => sum + value, 0) / targets.length : 0;
  if (width === 0) return { weights: [[]], intercepts: [targetMean] };
  const centered = new Matrix(rows.map(row => Array.from(row, (value, index) => value - means[index]!)));
  const [design, target] = reduced(centered, Matrix.columnVector(targets.map(value => value - targetMean)));
  const svd = new SingularValueDecomposition(design, { autoTranspose: true });
  const tolerance = Number.EPSILON * Math.max(rows.length, width) * (svd.diagonal[0] ?? 0);
  const projected = svd.leftSingularVectors.transpose().mmul(target).to1DArray();
  const scaled = svd.diagonal.map((value, index) =>
    value <= tolerance ? 0 : (projected[index]! * value) / (value * value + l2),
  );
  const weights = svd.rightSingularVectors.mmul(Matrix.columnVector(scaled)).to1DArray();
  const intercept = weights.reduce((sum, weight, index) => sum - weight * means[index]!, targetMean);
  return { weights: [weights], intercepts: [hasIntercept ? intercept : 0] };
}
