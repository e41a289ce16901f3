import {
  formatModelRef,
  predictPermission,
  retrainModelInputSchema,
  retrainModelPermission,
  type ModelRef,
  type RetrainModelInput,
} from '@leitstand/plugin-ml-models-common';
import { defineOperation, type ApplyContext, type ApplyResult } from '@leitstand/plugin-operations-node';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { readModel } from '../model/readModel';
import { candidateOf, snapshotOf } from '../model/temporaryModels';
import { assertUnchanged } from './assertUnchanged';
import { bringBackModel } from './bringBackModel';
import { copyModel } from './copyModel';
import type { TrainingOperationOptions } from './createModelOperation';
import { checkGate, describeGate } from './gate';
import { loadCsv } from './loadCsv';
import { patchModel } from './modelNaming';
import { isModelEntity, refOf, resolveModel } from './modelTarget';
import { planRetraining, retrainingBasisSchema, type RetrainingBasis } from './planRetraining';
import { deleteResource, findModel, modelPath } from './resources';
import { trainingSql } from './trainingSql';
import { takeBackModel, train } from './trainingSteps';
import type { WritableConnections } from './WritableConnections';

type Context = ApplyContext<RetrainModelInput, RetrainingBasis>;

/** How long the model as it was is kept, in milliseconds. */
const keptMs = 7 * 24 * 60 * 60_000;

/** Trains beside the model, and replaces it only by what passes the gate; the model as it was is kept for a week. */
export function createRetrainModelOperation(options: TrainingOperationOptions) {
  const { connections } = options;
  return defineOperation({
    id: 'ml-models-retrain',
    title: 'Retrain model',
    description: 'Trains the model anew and replaces it if the result is good enough.',
    permission: retrainModelPermission,
    reads: predictPermission,
    input: retrainModelInputSchema,
    basis: retrainingBasisSchema,
    appliesTo: isModelEntity,
    resolve: context => resolveModel(connections, context),
    plan: context => planRetraining(context, options),
    apply: context => applyRetraining(context, connections),
    undo: async ({ target, runId }) => ({
      operation: 'ml-models-restore',
      input: { snapshot: snapshotOf(refOf(target), runId).model },
    }),
  });
}

/** The model and its copies in a run. */
interface Copies {
  connection: BigQueryConnection;
  ref: ModelRef;
  /** What is trained beside the model. */
  candidate: ModelRef;
  /** The model as it was. */
  snapshot: ModelRef;
}

async function applyRetraining(context: Context, connections: WritableConnections): Promise<ApplyResult> {
  const { input, runId } = context;
  const ref = refOf(context.target);
  const copies: Copies = {
    connection: connections.ofProject(ref.project),
    ref,
    candidate: candidateOf(ref, runId),
    snapshot: snapshotOf(ref, runId),
  };
  await look(context, copies);
  await trainCandidate(context, { ...copies, maximumBytesBilled: connections.config.maximumBytesBilled });
  const found = input.gate ? await compare(context, copies) : undefined;
  await replace(context, copies);
  await tidyUp(context, copies);
  return {
    result: `${formatModelRef(ref)} is retrained${found ? `: ${found}` : ''}.`,
    output: { model: formatModelRef(ref), snapshot: copies.snapshot.model },
  };
}

async function look({ step, basis: { etag } }: Context, { connection, ref }: Copies): Promise<void> {
  await step('check', {
    title: 'See that nobody changed it meanwhile',
    do: ({ signal }) => assertUnchanged({ connection, ref, etag }, signal),
    confirm: async () => 'not-done',
  });
}

async function trainCandidate(context: Context, options: Copies & { maximumBytesBilled: number }): Promise<void> {
  const { connection, ref, candidate, maximumBytesBilled } = options;
  const { basis } = context;
  if (basis.source.kind === 'csv') {
    const { csv, table } = basis.source;
    await loadCsv(context, { connection, table: { ...ref, table }, csv });
  }
  // A CSV is a table of the model's dataset by now, and so is the candidate.
  const sql = trainingSql({ ...basis, ref: candidate, replaces: false });
  await train(context, { connection, ref: candidate, sql, maximumBytesBilled, isNew: true });
}

/** Keeps the model as it is, and puts the candidate in its place. */
async function replace(context: Context, { connection, ref, candidate, snapshot }: Copies): Promise<void> {
  const { etag, naming } = context.basis;
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
}

async function compare({ step, input }: Context, { connection, ref, candidate }: Copies): Promise<string> {
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
async function tidyUp({ step, basis }: Context, { connection, ref, candidate, snapshot }: Copies): Promise<void> {
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
