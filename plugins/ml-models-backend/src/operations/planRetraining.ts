import { InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  formatModelRef,
  modelOptionsSchema,
  trainingSourceSchema,
  type MlModelsErrorCode,
  type ModelOptions,
  type ModelRef,
  type RetrainModelInput,
  type TrainingSource,
} from '@leitstand/plugin-ml-models-common';
import type { Change, PlanWarning } from '@leitstand/plugin-operations-common';
import type { PlanContext, PlanDraft } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { readModel, type ReadModel } from '../model/readModel';
import { findTrainingQuery, readsNoOthers, type TrainingQuery } from '../services/findTrainingQuery';
import type { TrainingOperationOptions } from './createModelOperation';
import { dataGrantOf } from './dataGrant';
import { describeGate } from './gate';
import { warningOfLoad } from './loadCsv';
import { modelNamingSchema, namingOf } from './modelNaming';
import { modelNotFound, refOf } from './modelTarget';
import { etagOf } from './planStale';
import { findModel, findTable } from './resources';
import { checkColumns, lookAtSource, warningsOfUse, type SourceFacts } from './trainingSource';
import { trainingSql } from './trainingSql';

/** What a retraining depends on, and what it goes by. */
export const retrainingBasisSchema = z.object({
  etag: z.string(),
  label: z.string(),
  features: z.array(z.string()),
  source: trainingSourceSchema,
  options: modelOptionsSchema,
  naming: modelNamingSchema,
});
export type RetrainingBasis = z.infer<typeof retrainingBasisSchema>;

type Context = PlanContext<RetrainModelInput>;

/** What a retraining would do. @throws InputError; NotAllowedError; NotFoundError; ConflictError; UpstreamError */
export async function planRetraining(
  context: Context,
  { connections, queries, ownership }: TrainingOperationOptions,
): Promise<PlanDraft<RetrainingBasis>> {
  const { resolved, input, signal } = context;
  const ref = refOf(resolved.target);
  const connection = connections.ofProject(ref.project);
  const resource = await findModel(connection, ref, signal);
  if (!resource) throw modelNotFound(ref);
  const model = readModel(resource, ref);
  const last = input.source ? undefined : await lastTraining(connection, ref, signal);
  const source = input.source ?? { kind: 'query', query: last?.sql ?? '' };
  const basis: RetrainingBasis = {
    source,
    options: input.options ?? optionsOf(model),
    features: model.features.map(({ name }) => name),
    label: model.label ?? '',
    etag: etagOf(resource, ref),
    naming: namingOf(resource),
  };
  const useOf = dataGrantOf(context, ownership);
  const facts = await lookAtSource(source, { connection, queries, useOf, dataset: ref, signal });
  checkColumns(facts, basis);
  if (last) assertMeansTheSame(last, { facts, connection });
  await assertNoTable(connection, { ref, source, signal });
  const sql = trainingSql({ ...basis, ref, replaces: true });
  const asked = { operation: 'estimate the training', signal };
  const dryRun = source.kind === 'csv' ? undefined : await queries.dryRun({ connection }, { sql }, asked);
  return {
    summary: `Retrain the model ${formatModelRef(ref)}`,
    changes: changesOf({ model, source, facts, bytes: dryRun?.estimate.bytesProcessed }),
    documents: [{ title: 'SQL', language: 'sql', before: '', after: sql }],
    warnings: warningsOf({ input, source, facts }),
    undo: { isPossible: true, note: 'The model as it was is kept for seven days and can be brought back.' },
    basis,
  };
}

/** @throws InputError when what it was trained on is not known any more */
async function lastTraining(
  connection: BigQueryConnection,
  ref: ModelRef,
  signal: AbortSignal,
): Promise<TrainingQuery> {
  const training = await findTrainingQuery(connection, ref, signal);
  if (training) return training;
  throw new InputError('input.source: what it was trained on is not known any more; say what to train on');
}

/** @throws InputError when the query of another project names other tables where it is run now */
function assertMeansTheSame(
  last: TrainingQuery,
  { facts, connection }: { facts: SourceFacts; connection: BigQueryConnection },
): void {
  if (last.project === connection.config.projectId || readsNoOthers(facts.tables, last)) return;
  throw new InputError(
    `input.source: it was trained in ${last.project}, where names of tables without a project mean others than here; say what to train on`,
  );
}

function optionsOf(model: ReadModel): ModelOptions {
  const { l1Regularization, l2Regularization } = model.trainingRuns.at(-1)?.options ?? {};
  const regularisation = {
    ...(Number(l1Regularization) > 0 ? { l1Reg: Number(l1Regularization) } : {}),
    ...(Number(l2Regularization) > 0 ? { l2Reg: Number(l2Regularization) } : {}),
  };
  if (model.type === 'LINEAR_REGRESSION') return { modelType: 'linear_reg', ...regularisation };
  if (model.type === 'LOGISTIC_REGRESSION') return { modelType: 'logistic_reg', ...regularisation };
  throw withCode<Error, MlModelsErrorCode>(
    new InputError(`Models of the type ${model.type} are only shown here.`),
    'MODEL_TYPE_READ_ONLY',
  );
}

/** @throws InputError when a CSV would be loaded into a table that is there */
async function assertNoTable(
  connection: BigQueryConnection,
  { ref, source, signal }: { ref: ModelRef; source: TrainingSource; signal: AbortSignal },
): Promise<void> {
  if (source.kind !== 'csv' || !(await findTable(connection, { ...ref, table: source.table }, signal))) return;
  throw new InputError(`input.source.table: there is a table ${source.table} already; choose another name`);
}

function changesOf(found: {
  model: ReadModel;
  source: TrainingSource;
  facts: SourceFacts;
  bytes: number | undefined;
}): Change[] {
  const { model, source, facts, bytes } = found;
  const { quality } = model;
  return [
    { label: 'training', before: model.modifiedAt, after: 'now' },
    ...(quality ? [{ label: quality.metric, before: String(quality.value), after: 'as trained' }] : []),
    ...(bytes === undefined ? [] : [{ label: 'bytes to read', before: null, after: String(bytes) }]),
    ...(source.kind === 'csv'
      ? [{ label: 'table', before: null, after: `${source.table} with ${facts.rowCount} rows` }]
      : []),
  ];
}

function warningsOf(found: { input: RetrainModelInput; source: TrainingSource; facts: SourceFacts }): PlanWarning[] {
  const { input, source, facts } = found;
  return [
    input.gate
      ? { severity: 'info', message: `Replaced only if ${describeGate(input.gate)}.` }
      : { severity: 'warning', message: 'There is no gate: the model is replaced however good the new one is.' },
    ...warningsOfUse(facts),
    ...(source.kind === 'csv' ? [warningOfLoad(source.table)] : []),
  ];
}
