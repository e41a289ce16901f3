import { InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  formatModelRef,
  modelOptionsSchema,
  retrainModelInputSchema,
  retrainModelPermission,
  trainingSourceSchema,
  type MlModelsErrorCode,
  type ModelOptions,
  type ModelRef,
  type RetrainModelInput,
  type TrainingSource,
} from '@leitstand/plugin-ml-models-common';
import { defineOperation, type ApplyContext } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { readModel, type ReadModel } from '../model/readModel';
import { candidateOf, snapshotOf } from '../model/temporaryModels';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { findTrainingQuery } from '../services/findTrainingQuery';
import { assertUnchanged } from './assertUnchanged';
import { bringBackModel } from './bringBackModel';
import { copyModel } from './copyModel';
import type { TrainingOperationOptions } from './createModelOperation';
import { dataGrantOf } from './dataGrant';
import { checkGate, describeGate } from './gate';
import { loadCsv, warningOfLoad } from './loadCsv';
import { modelNamingSchema, namingOf, patchModel } from './modelNaming';
import { isModelEntity, modelNotFound, refOf, resolveModel } from './modelTarget';
import { etagOf } from './planStale';
import { deleteResource, findModel, findTable, modelPath } from './resources';
import { checkColumns, lookAtSource } from './trainingSource';
import { trainingSql } from './trainingSql';
import { takeBackModel, train } from './trainingSteps';

const basisSchema = z.object({
  etag: z.string(),
  label: z.string(),
  features: z.array(z.string()),
  source: trainingSourceSchema,
  options: modelOptionsSchema,
  naming: modelNamingSchema,
});
type Basis = z.infer<typeof basisSchema>;
type Context = ApplyContext<RetrainModelInput, Basis>;

/** How long the model as it was is kept, in milliseconds. */
const keptMs = 7 * 24 * 60 * 60_000;

/** Trains beside the model, and replaces it only by what passes the gate; the model as it was is kept for a week. */
export function createRetrainModelOperation({ connections, queries, ownership }: TrainingOperationOptions) {
  return defineOperation({
    id: 'ml-models-retrain',
    title: 'Retrain model',
    description: 'Trains the model anew and replaces it if the result is good enough.',
    permission: retrainModelPermission,
    input: retrainModelInputSchema,
    basis: basisSchema,
    appliesTo: isModelEntity,
    resolve: context => resolveModel(connections, context),
    async plan(context) {
      const { resolved, input, signal } = context;
      const ref = refOf(resolved.target);
      const connection = connections.ofProject(ref.project);
      const resource = await findModel(connection, ref, signal);
      if (!resource) throw modelNotFound(ref);
      const model = readModel(resource, ref);
      const source = input.source ?? (await lastSource(connection, ref, signal));
      const options = input.options ?? optionsOf(model);
      const features = model.features.map(({ name }) => name);
      const label = model.label ?? '';
      const mayUse = dataGrantOf(context, ownership);
      const facts = await lookAtSource(source, { connection, queries, mayUse, dataset: ref, signal });
      checkColumns(facts, { features, label });
      if (source.kind === 'csv' && (await findTable(connection, { ...ref, table: source.table }, signal))) {
        throw new InputError(`input.source.table: there is a table ${source.table} already; choose another name`);
      }
      const sql = trainingSql({ ref, source, label, features, options, replaces: true });
      const estimate =
        source.kind === 'csv'
          ? undefined
          : await queries.dryRun({ connection }, { sql }, { operation: 'estimate the training', signal });
      const { quality } = model;
      return {
        summary: `Retrain the model ${formatModelRef(ref)}`,
        changes: [
          { label: 'training', before: model.modifiedAt, after: 'now' },
          ...(quality ? [{ label: quality.metric, before: String(quality.value), after: 'as trained' }] : []),
          ...(estimate
            ? [{ label: 'bytes to read', before: null, after: String(estimate.estimate.bytesProcessed) }]
            : []),
          ...(source.kind === 'csv'
            ? [{ label: 'table', before: null, after: `${source.table} with ${facts.rowCount} rows` }]
            : []),
        ],
        documents: [{ title: 'SQL', language: 'sql', before: '', after: sql }],
        warnings: [
          {
            severity: input.gate ? 'info' : 'warning',
            message: input.gate
              ? `Replaced only if ${describeGate(input.gate)}.`
              : 'There is no gate: the model is replaced however good the new one is.',
          },
          ...(source.kind === 'csv' ? [warningOfLoad(source.table)] : []),
        ],
        undo: { isPossible: true, note: 'The model as it was is kept for seven days and can be brought back.' },
        basis: { etag: etagOf(resource, ref), label, features, source, options, naming: namingOf(resource) },
      };
    },
    async apply(context) {
      const { basis, input, runId, target } = context;
      const ref = refOf(target);
      const connection = connections.ofProject(ref.project);
      const candidate = candidateOf(ref, runId);
      const snapshot = snapshotOf(ref, runId);
      const { etag, naming } = basis;
      await context.step('check', {
        title: 'See that nobody changed it meanwhile',
        do: ({ signal }) => assertUnchanged({ connection, ref, etag }, signal),
        confirm: async () => 'not-done',
      });
      if (basis.source.kind === 'csv') {
        const { csv, table } = basis.source;
        await loadCsv(context, { connection, table: { ...ref, table }, csv });
      }
      const sql = trainingSql({ ...basis, ref: candidate, replaces: false });
      const { maximumBytesBilled } = connections.config;
      await train(context, { connection, ref: candidate, sql, maximumBytesBilled, isNew: true });
      const found = input.gate ? await compare(context, { connection, ref, candidate }) : undefined;
      await copyModel(context, {
        connection,
        key: 'snapshot',
        title: 'Keep the model as it is',
        from: ref,
        to: snapshot,
        takeBack: job => takeBackModel(job, snapshot),
      });
      await copyModel(context, {
        connection,
        key: 'replace',
        title: `Replace ${formatModelRef(ref)}`,
        from: candidate,
        to: ref,
        etag,
        takeBack: job => bringBackModel(job, { ref, from: snapshot, naming }),
      });
      await tidyUp(context, { connection, ref, candidate, snapshot });
      return {
        result: `${formatModelRef(ref)} is retrained${found ? `: ${found}` : ''}.`,
        output: { model: formatModelRef(ref), snapshot: snapshot.model },
      };
    },
    undo: async ({ target, runId }) => ({
      operation: 'ml-models-restore',
      input: { snapshot: snapshotOf(refOf(target), runId).model },
    }),
  });
}

/** @throws InputError when what it was trained on is not known any more */
async function lastSource(connection: BigQueryConnection, ref: ModelRef, signal: AbortSignal): Promise<TrainingSource> {
  const query = await findTrainingQuery(connection, ref, signal);
  if (query !== undefined) return { kind: 'query', query };
  throw new InputError('input.source: what it was trained on is not known any more; say what to train on');
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

async function compare(
  { step, input }: Context,
  { connection, ref, candidate }: { connection: BigQueryConnection; ref: ModelRef; candidate: ModelRef },
): Promise<string> {
  const asked = input.gate!;
  return step('gate', {
    title: `Go on only if ${describeGate(asked)}`,
    async do({ signal }) {
      const [now, before] = await Promise.all(
        [candidate, ref].map(async each => {
          const resource = await findModel(connection, each, signal);
          return (resource && readModel(resource, each).trainingRuns.at(-1)?.evaluation) ?? { kind: 'none' as const };
        }),
      );
      return checkGate(asked, now, before);
    },
    confirm: async () => 'not-done',
  });
}

/** A copy has neither the labels nor the description of what it replaces; and the candidate has done its work. */
async function tidyUp(
  { step, basis }: Context,
  options: { connection: BigQueryConnection; ref: ModelRef; candidate: ModelRef; snapshot: ModelRef },
): Promise<void> {
  const { connection, ref, candidate, snapshot } = options;
  await step('tidy', {
    title: 'Name it as before, and let the copies go',
    async do({ signal }) {
      await patchModel(connection, ref, { body: basis.naming, signal });
      const body = { expirationTime: String(Date.now() + keptMs) };
      await patchModel(connection, snapshot, { body, signal });
      const operation = `delete the model ${formatModelRef(candidate)}`;
      await deleteResource(connection, { operation, project: candidate.project, path: modelPath(candidate), signal });
    },
    confirm: async () => 'not-done',
  });
}
