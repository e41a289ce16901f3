import type { IterationResult, Relation, TrainingData } from '../model';
import { splitData, type DataSplit } from './dataSplit';
import { explainModel } from './explain';
import { featureStatistics } from './featureStatistics';
import { encodeRows, fitInputs, type Input } from './inputs';
import { classesOf } from './labels';
import { readOptions, type TrainingOptions } from './options';
import { refuse } from './refuse';
import { fit, type FittingHooks } from './solvers/fit';
import { lossFor } from './solvers/losses';
import { outputsOf } from './solvers/problem';
import type { TrainedModel } from './TrainedModel';
import { trainingColumns, type TrainingColumns } from './trainingColumns';

/** What a training needs from outside. */
export interface TrainingHooks {
  /** Ends the training between two iterations. */
  signal: AbortSignal;
  /** Called after each iteration; the training goes on when it is done. */
  onIteration(result: IterationResult): Promise<void>;
  now(): Date;
}

/** The rows with a label, and which column is what. */
interface Prepared extends TrainingColumns {
  relation: Relation;
  classes: string[];
  /** Of each row. */
  targets: number[];
}

const maxClassCount = 50;

function checkLabels({ label, targets, classes }: Prepared, { modelType }: TrainingOptions): void {
  const classCount = classes.length;
  const name = `Label column ${label.name}`;
  if (modelType === 'LINEAR_REG') {
    if (!targets.every(Number.isFinite)) throw refuse(`${name} must not have infinite or NaN values`);
  } else if (classCount < 2) {
    throw refuse(`${name} needs at least 2 unique labels for classification, but has ${classCount}`);
  } else if (classCount > maxClassCount) {
    throw refuse(`${name} has ${classCount} unique labels, more than the ${maxClassCount} that are allowed`);
  }
}

function prepare({ fields, rows }: Relation, options: TrainingOptions): Prepared {
  const { label, features } = trainingColumns(fields, options);
  const labelIndex = fields.indexOf(label);
  const labelled = rows.filter(row => row[labelIndex] !== null);
  if (labelled.length === 0) throw refuse("Input data doesn't contain any rows.");
  const values = labelled.map(row => row[labelIndex]!);
  const classes = options.modelType === 'LOGISTIC_REG' ? classesOf(label, values) : [];
  const targets = values.map(value => (classes.length > 0 ? classes.indexOf(String(value)) : Number(value)));
  const prepared = { relation: { fields, rows: labelled }, label, features, classes, targets };
  checkLabels(prepared, options);
  return prepared;
}

function weightsOfClasses({ classes, targets }: Prepared, options: TrainingOptions, split: DataSplit): number[] {
  if (options.autoClassWeights) {
    const counts = classes.map((_, index) => split.training.filter(row => targets[row] === index).length);
    return counts.map(count => split.training.length / ((count || 1) * classes.length));
  }
  return classes.map(label => {
    const weight = options.classWeights ? options.classWeights[label] : 1;
    if (weight === undefined) throw refuse(`Option class_weights has no weight for label ${label}`);
    return weight;
  });
}

function encodeAll({ relation, features }: Prepared, inputs: Input[]): Float64Array[] {
  const columns = features.map(feature => relation.fields.indexOf(feature));
  return encodeRows(
    inputs,
    features,
    relation.rows.map(row => columns.map(column => row[column]!)),
  );
}

/**
 * Trains a model as CREATE MODEL does. The same data gives the same model.
 * @throws BigQueryError for options and data that are refused; the signal's reason when it is aborted
 */
export async function trainModel(data: TrainingData, hooks: TrainingHooks): Promise<TrainedModel> {
  hooks.signal.throwIfAborted();
  const startedAt = hooks.now().toISOString();
  const options = readOptions(data.options);
  const prepared = prepare(data.relation, options);
  const { relation, label, features, classes, targets } = prepared;
  const split = splitData(relation, options);
  if (split.training.length === 0) throw refuse('The data split leaves no rows to train with');
  const inputs = fitInputs(relation, features, {
    isCentered: options.fitIntercept,
    isDummy: options.categoryEncodingMethod === 'DUMMY_ENCODING',
  });
  const rows = encodeAll(prepared, inputs);
  const classWeights = weightsOfClasses(prepared, options, split);
  const part = (indexes: number[]) => ({
    rows: indexes.map(index => rows[index]!),
    targets: indexes.map(index => targets[index]!),
    rowWeights: indexes.map(index => classWeights[targets[index]!] ?? 1),
  });
  const loss = lossFor(classes.length);
  const fitting: FittingHooks = { signal: hooks.signal, onIteration: hooks.onIteration, now: hooks.now };
  const parts = { training: part(split.training), evaluation: part(split.evaluation) };
  const { solution, iterations } = await fit({ ...parts, loss, inputs, options, classCount: classes.length }, fitting);
  const judged = split.evaluation.length > 0 ? parts.evaluation : parts.training;
  const trained: TrainedModel = {
    modelType: options.modelType === 'LINEAR_REG' ? 'LINEAR_REGRESSION' : 'LOGISTIC_REGRESSION',
    label,
    features,
    classes,
    inputs,
    ...solution,
    options,
    startedAt,
    iterations,
    statistics: featureStatistics(relation, features),
    judgement: {
      expected: judged.targets,
      predicted: judged.rows.map(row => loss.predict(outputsOf(solution, row))),
    },
  };
  if (options.enableGlobalExplain) trained.explanation = explainModel(trained, judged.rows);
  return trained;
}
