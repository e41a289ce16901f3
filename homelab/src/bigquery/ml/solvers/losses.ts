/** How wrong outputs are, and in which direction. */
export interface Loss {
  /** As it is reported for one row. */
  value(outputs: number[], target: number): number;
  /** What {@link value} is divided by to have {@link gradient} as its derivative. */
  divisor: number;
  gradient(outputs: number[], target: number): number[];
  /** Predictions: values or probabilities. */
  predict(outputs: number[]): number[];
}

/** ln(1 + e^x) without overflow. */
function softplus(value: number): number {
  return value > 0 ? value + Math.log1p(Math.exp(-value)) : Math.log1p(Math.exp(value));
}

function sigmoid(value: number): number {
  return value >= 0 ? 1 / (1 + Math.exp(-value)) : Math.exp(value) / (1 + Math.exp(value));
}

function softmax(outputs: number[]): number[] {
  const highest = Math.max(...outputs);
  const powers = outputs.map(output => Math.exp(output - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map(power => power / sum);
}

/** Squared error. */
const squaredLoss: Loss = {
  value: ([output], target) => (output! - target) ** 2,
  divisor: 2,
  gradient: ([output], target) => [output! - target],
  predict: outputs => outputs,
};

/** Log loss of two classes. */
const binaryLoss: Loss = {
  value: ([output], target) => softplus(target === 1 ? -output! : output!),
  divisor: 1,
  gradient: ([output], target) => [sigmoid(output!) - target],
  predict: ([output]) => [sigmoid(output!)],
};

/** Cross entropy of more than two classes. */
const multiclassLoss: Loss = {
  value: (outputs, target) => {
    const highest = Math.max(...outputs);
    const sum = outputs.reduce((total, output) => total + Math.exp(output - highest), 0);
    return Math.log(sum) + highest - outputs[target]!;
  },
  divisor: 1,
  gradient: (outputs, target) => softmax(outputs).map((value, index) => value - (index === target ? 1 : 0)),
  predict: softmax,
};

/** @param classCount - 0 for a regression */
export function lossFor(classCount: number): Loss {
  if (classCount === 0) return squaredLoss;
  return classCount === 2 ? binaryLoss : multiclassLoss;
}
