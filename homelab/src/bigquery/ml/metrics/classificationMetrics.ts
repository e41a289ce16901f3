import { rocAuc } from './rocCurve';

/** Metrics of a classification in the words of ML.EVALUATE: of the positive class, or the mean over all classes. */
export interface ClassificationMetrics {
  precision: number | null;
  recall: number | null;
  accuracy: number | null;
  f1_score: number | null;
  log_loss: number | null;
  roc_auc: number | null;
}

/** Probabilities of all classes; a binary model keeps that of the positive class only. */
export function probabilitiesOf(predicted: number[]): number[] {
  return predicted.length === 1 ? [1 - predicted[0]!, predicted[0]!] : predicted;
}

/** Index of the class that is predicted: with two classes the positive one from `threshold` on. */
export function predictedClass(predicted: number[], threshold = 0.5): number {
  if (predicted.length === 1) return predicted[0]! >= threshold ? 1 : 0;
  return predicted.indexOf(Math.max(...predicted));
}

/** Counts by expected and predicted class. */
export function confusionMatrix(
  judged: { expected: number[]; predicted: number[][] },
  classCount: number,
  threshold?: number,
): number[][] {
  const counts = Array.from({ length: classCount }, () => Array<number>(classCount).fill(0));
  judged.expected.forEach((expected, row) => {
    counts[expected]![predictedClass(judged.predicted[row]!, threshold)]! += 1;
  });
  return counts;
}

const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Probabilities of 0 are taken as this, so that the loss stays finite. */
const smallest = 1e-15;

function scoresOf(counts: number[][], positive: number): { precision: number; recall: number; f1: number } {
  const truePositives = counts[positive]![positive]!;
  const precision = ratio(
    truePositives,
    counts.reduce((sum, row) => sum + row[positive]!, 0),
  );
  const recall = ratio(
    truePositives,
    counts[positive]!.reduce((sum, count) => sum + count, 0),
  );
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
}

/** @param judged - indexes of classes and what the model gives for them */
export function classificationMetrics(
  judged: { expected: number[]; predicted: number[][] },
  classCount: number,
  threshold?: number,
): ClassificationMetrics {
  const { expected, predicted } = judged;
  if (expected.length === 0) {
    return { precision: null, recall: null, accuracy: null, f1_score: null, log_loss: null, roc_auc: null };
  }
  const counts = confusionMatrix(judged, classCount, threshold);
  const positives = classCount === 2 ? [1] : counts.map((_, index) => index);
  const scores = positives.map(positive => scoresOf(counts, positive));
  const probabilities = predicted.map(probabilitiesOf);
  const areas = positives
    .map(positive =>
      rocAuc(
        probabilities.map(row => row[positive]!),
        expected.map(value => value === positive),
      ),
    )
    .filter(area => area !== null);
  return {
    precision: mean(scores.map(({ precision }) => precision)),
    recall: mean(scores.map(({ recall }) => recall)),
    accuracy: counts.reduce((sum, row, index) => sum + row[index]!, 0) / expected.length,
    f1_score: mean(scores.map(({ f1 }) => f1)),
    log_loss: mean(expected.map((value, row) => -Math.log(Math.max(probabilities[row]![value]!, smallest)))),
    roc_auc: areas.length > 0 ? mean(areas) : null,
  };
}
