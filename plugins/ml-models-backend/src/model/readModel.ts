import type bigquery from '@google-cloud/bigquery/build/src/types';
import {
  knownModelTypes,
  type Column,
  type Iteration,
  type Model,
  type ModelRef,
  type ModelSummary,
  type TrainingRun,
} from '@leitstand/plugin-ml-models-common';
import { qualityOf, readEvaluation } from './readEvaluation';

/** What the model resource says, without what only the catalogue and the cache know. */
export type ReadModel = Omit<Model, 'entityRef' | 'serving' | 'freshness'>;

/** The model resource (`Model` of the API v2) as the portal shows it. */
export function readModel(resource: bigquery.IModel, ref: ModelRef): ReadModel {
  const trainingRuns = (resource.trainingRuns ?? []).map(readTrainingRun);
  const newest = trainingRuns.at(-1);
  const type = resource.modelType ?? 'MODEL_TYPE_UNSPECIFIED';
  const labelColumns = (resource.labelColumns ?? []).map(readColumn);
  const features = (resource.featureColumns ?? []).map(readColumn);
  return {
    ref,
    type,
    isKnownType: (knownModelTypes as readonly string[]).includes(type),
    friendlyName: resource.friendlyName || undefined,
    description: resource.description || undefined,
    label: labelColumns[0]?.name,
    featureCount: features.length,
    quality: newest && qualityOf(newest.evaluation),
    labels: resource.labels ?? {},
    location: resource.location ?? '',
    createdAt: timeOf(resource.creationTime) ?? new Date(0).toISOString(),
    modifiedAt: timeOf(resource.lastModifiedTime) ?? new Date(0).toISOString(),
    expiresAt: timeOf(resource.expirationTime),
    features,
    labelColumns,
    trainingRuns,
    globalExplanation: readGlobalExplanation(resource.trainingRuns?.at(-1)),
  };
}

/** What a list shows of it. */
export function summaryOf(model: ReadModel): Omit<ModelSummary, 'entityRef'> {
  const { features: _f, labelColumns: _l, trainingRuns: _t, globalExplanation: _g, ...summary } = model;
  return summary;
}

function readTrainingRun(run: bigquery.ITrainingRun): TrainingRun {
  return {
    startedAt: run.startTime === undefined ? timeOf(run.trainingStartTime) : new Date(run.startTime).toISOString(),
    options: Object.fromEntries(
      Object.entries(run.trainingOptions ?? {}).map(([name, value]) => [name, optionText(value)]),
    ),
    iterations: (run.results ?? []).map(readIteration),
    evaluation: readEvaluation(run.evaluationMetrics),
  };
}

function readIteration(result: bigquery.IIterationResult, position: number): Iteration {
  return {
    index: result.index ?? position,
    trainingLoss: result.trainingLoss,
    evalLoss: result.evalLoss,
    learnRate: result.learnRate,
    durationMs: result.durationMs === undefined ? undefined : Number(result.durationMs),
  };
}

function readGlobalExplanation(run: bigquery.ITrainingRun | undefined): Model['globalExplanation'] {
  return (run?.modelLevelGlobalExplanation?.explanations ?? [])
    .map(({ featureName = '', attribution = 0 }) => ({ feature: featureName, attribution }))
    .sort((a, b) => b.attribution - a.attribution);
}

function readColumn({ name = '', type }: bigquery.IStandardSqlField): Column {
  return { name, type: type?.typeKind ?? 'TYPE_KIND_UNSPECIFIED' };
}

function optionText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Milliseconds since 1970 as text, as the API has times. */
function timeOf(text: string | undefined): string | undefined {
  return text === undefined || text === '0' ? undefined : new Date(Number(text)).toISOString();
}
