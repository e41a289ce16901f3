import type { Field, FieldType, IterationResult } from '../model';
import type { Attribution } from './explain';
import { classificationMetrics, confusionMatrix } from './metrics/classificationMetrics';
import { regressionMetrics } from './metrics/regressionMetrics';
import { defaultThresholds, rocCurve, type ThresholdCounts } from './metrics/rocCurve';
import type { TrainedModel } from './TrainedModel';

/** Names of types in a `StandardSqlDataType` where they differ from those of fields. */
const typeKinds: Partial<Record<FieldType, string>> = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL' };

const standardSqlField = ({ name, type }: Field) => ({ name, type: { typeKind: typeKinds[type] ?? type } });

/** The part of the REST resource `Model` that comes from the training. Numbers of 64 bits are text there. */
export interface ModelResource {
  modelType: TrainedModel['modelType'];
  featureColumns: ReturnType<typeof standardSqlField>[];
  labelColumns: ReturnType<typeof standardSqlField>[];
  trainingRuns: Record<string, unknown>[];
}

function trainingOptions({ options, modelType, iterations }: TrainedModel): Record<string, unknown> {
  const isRegression = modelType === 'LINEAR_REGRESSION';
  const isDescent = iterations[0]?.learnRate !== null;
  const isConstant = options.learnRateStrategy === 'CONSTANT';
  const splitFraction = ['RANDOM', 'SEQ'].includes(options.dataSplitMethod) ? 0.2 : undefined;
  return {
    lossType: isRegression ? 'MEAN_SQUARED_LOSS' : 'MEAN_LOG_LOSS',
    inputLabelColumns: options.inputLabelCols,
    maxIterations: String(options.maxIterations),
    earlyStop: options.earlyStop,
    minRelativeProgress: options.minRelProgress,
    l1Regularization: options.l1Reg,
    l2Regularization: options.l2Reg,
    ...(isDescent && { learnRateStrategy: options.learnRateStrategy }),
    ...(isDescent && (isConstant ? { learnRate: options.learnRate } : { initialLearnRate: options.lsInitLearnRate })),
    ...(isRegression && { optimizationStrategy: isDescent ? 'BATCH_GRADIENT_DESCENT' : 'NORMAL_EQUATION' }),
    dataSplitMethod: options.dataSplitMethod,
    dataSplitEvalFraction: options.dataSplitEvalFraction ?? splitFraction,
    dataSplitColumn: options.dataSplitCol,
    labelClassWeights: options.classWeights,
    ...(!isRegression && { autoClassWeights: options.autoClassWeights }),
    fitIntercept: options.fitIntercept,
    categoryEncodingMethod: options.categoryEncodingMethod,
    calculatePValues: options.calculatePValues,
    enableGlobalExplain: options.enableGlobalExplain,
    warmStart: options.warmStart,
  };
}

const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

function binaryConfusion(counts: ThresholdCounts): Record<string, unknown> {
  const { threshold, truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  const precision = ratio(truePositives, truePositives + falsePositives);
  const recall = ratio(truePositives, truePositives + falseNegatives);
  const total = truePositives + falsePositives + trueNegatives + falseNegatives;
  return {
    positiveClassThreshold: threshold,
    truePositives: String(truePositives),
    falsePositives: String(falsePositives),
    trueNegatives: String(trueNegatives),
    falseNegatives: String(falseNegatives),
    precision,
    recall,
    f1Score: ratio(2 * precision * recall, precision + recall),
    accuracy: ratio(truePositives + trueNegatives, total),
  };
}

function classificationEvaluation({ judgement, classes }: TrainedModel): Record<string, unknown> {
  const metrics = classificationMetrics(judgement, classes.length);
  const aggregateClassificationMetrics = {
    precision: metrics.precision,
    recall: metrics.recall,
    accuracy: metrics.accuracy,
    f1Score: metrics.f1_score,
    logLoss: metrics.log_loss,
    rocAuc: metrics.roc_auc ?? undefined,
    ...(classes.length === 2 && { threshold: 0.5 }),
  };
  if (classes.length === 2) {
    const scores = judgement.predicted.map(([score]) => score!);
    const isPositive = judgement.expected.map(value => value === 1);
    const binaryConfusionMatrixList = rocCurve(scores, isPositive, defaultThresholds(scores)).map(binaryConfusion);
    const labels = { negativeLabel: classes[0], positiveLabel: classes[1] };
    return {
      binaryClassificationMetrics: { aggregateClassificationMetrics, binaryConfusionMatrixList, ...labels },
    };
  }
  const rows = confusionMatrix(judgement, classes.length).map((counts, expected) => ({
    actualLabel: classes[expected],
    entries: counts.map((count, index) => ({ predictedLabel: classes[index], itemCount: String(count) })),
  }));
  return { multiClassClassificationMetrics: { aggregateClassificationMetrics, confusionMatrixList: [{ rows }] } };
}

function evaluationMetrics(model: TrainedModel): Record<string, unknown> {
  if (model.classes.length > 0) return classificationEvaluation(model);
  const { expected, predicted } = model.judgement;
  const metrics = regressionMetrics(
    expected,
    predicted.map(([value]) => value!),
  );
  return {
    regressionMetrics: {
      meanAbsoluteError: metrics.mean_absolute_error,
      meanSquaredError: metrics.mean_squared_error,
      meanSquaredLogError: metrics.mean_squared_log_error ?? undefined,
      medianAbsoluteError: metrics.median_absolute_error,
      rSquared: metrics.r2_score ?? undefined,
    },
  };
}

function explanations(attributions: Attribution[]) {
  return attributions.map(({ feature, attribution }) => ({ featureName: feature, attribution }));
}

function globalExplanations({ explanation, classes }: TrainedModel): Record<string, unknown> {
  if (!explanation) return {};
  const isMulticlass = classes.length > 2;
  const ofClasses = isMulticlass ? explanation.classes : explanation.classes.slice(0, 1);
  return {
    modelLevelGlobalExplanation: { explanations: explanations(explanation.model) },
    ...(ofClasses.length > 0 && {
      classLevelGlobalExplanations: ofClasses.map((attributions, index) => ({
        ...(isMulticlass && { classLabel: classes[index] }),
        explanations: explanations(attributions),
      })),
    }),
  };
}

function iterationResult({ index, durationMs, trainingLoss, evalLoss, learnRate }: IterationResult) {
  return {
    index,
    durationMs: String(Math.round(durationMs)),
    trainingLoss,
    ...(evalLoss !== null && { evalLoss }),
    ...(learnRate !== null && { learnRate }),
  };
}

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/models#Model */
export function resourceOf(model: TrainedModel): ModelResource {
  return {
    modelType: model.modelType,
    featureColumns: model.features.map(standardSqlField),
    labelColumns: [standardSqlField(model.label)],
    trainingRuns: [
      {
        startTime: model.startedAt,
        trainingOptions: trainingOptions(model),
        results: model.iterations.map(iterationResult),
        evaluationMetrics: evaluationMetrics(model),
        ...globalExplanations(model),
      },
    ],
  };
}
