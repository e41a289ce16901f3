import { ConflictError, InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  createModelInputSchema,
  createModelPermission,
  entityLabel,
  entityLabelOf,
  formatModelRef,
  predictPermission,
  type CreateModelInput,
  type MlModelsErrorCode,
  type ModelRef,
  type TableRef,
} from '@leitstand/plugin-ml-models-common';
import type { PlanWarning } from '@leitstand/plugin-operations-common';
import {
  defineOperation,
  type ApplyContext,
  type ApplyResult,
  type Ownership,
  type PlanContext,
  type PlanDraft,
} from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { readModel } from '../model/readModel';
import type { QueryService } from '../services/QueryService';
import { dataGrantOf } from './dataGrant';
import { checkGate, describeGate } from './gate';
import { loadCsv, warningOfLoad } from './loadCsv';
import { refOf, targetOf } from './modelTarget';
import { datasetPath, deleteResource, findDataset, findModel, findTable, modelPath } from './resources';
import { checkColumns, lookAtSource, warningsOfUse, type SourceFacts } from './trainingSource';
import { trainingSql } from './trainingSql';
import { train } from './trainingSteps';
import type { WritableConnections } from './WritableConnections';

const basisSchema = z.object({
  /** Whether this run makes the dataset. */
  makesDataset: z.boolean(),
});
type Basis = z.infer<typeof basisSchema>;
type Context = ApplyContext<CreateModelInput, Basis>;

/** Names the run that made a dataset, so that it is not mistaken for somebody else's. */
const runLabel = 'leitstand-run';
/** Fewer rows than this make a model of little worth. */
const fewRows = 50;

/** What the operations that train stand on. */
export interface TrainingOperationOptions {
  connections: WritableConnections;
  queries: QueryService;
  ownership: Ownership;
}

/** Dataset, rows, training and gate as one: all of it, or nothing of it. */
export function createCreateModelOperation(options: TrainingOperationOptions) {
  return defineOperation({
    id: 'ml-models-create',
    title: 'Create model',
    description: 'Loads rows, trains a model on them and keeps it if it is good enough.',
    permission: createModelPermission,
    reads: predictPermission,
    subject: 'create',
    input: createModelInputSchema,
    basis: basisSchema,
    appliesTo: () => false,
    async resolve({ input }) {
      if (!input) throw new InputError('A model is created by its template.');
      return { target: targetOf(input) };
    },
    plan: context => planCreation(context, options),
    apply: context => applyCreation(context, options.connections),
    undo: async ({ input: { project, dataset, model } }) => ({
      operation: 'ml-models-discard',
      input: { project, dataset, model },
    }),
  });
}

async function planCreation(
  context: PlanContext<CreateModelInput>,
  { connections, queries, ownership }: TrainingOperationOptions,
): Promise<PlanDraft<Basis>> {
  const { input, entityRef, signal } = context;
  const connection = connections.ofProject(input.project);
  const dataset = { project: input.project, dataset: input.dataset };
  if (entityLabelOf(entityRef) === undefined) throw badName(entityRef);
  const found = await findDataset(connection, dataset, signal);
  if (!found && !input.createDataset) throw new InputError(`There is no dataset ${input.dataset}; let it be made.`);
  if (found && (await findModel(connection, input, signal))) throw modelExists(input);
  const table = tableOf(input);
  if (found && table && (await findTable(connection, table, signal))) throw tableExists(table);
  const useOf = dataGrantOf(context, ownership);
  const facts = await lookAtSource(input.source, { connection, queries, useOf, dataset, signal });
  checkColumns(facts, input);
  const name = formatModelRef(input);
  const newDataset = `${input.dataset} (${input.createDataset?.location})`;
  return {
    summary: `Create the model ${name}`,
    changes: [
      ...(found ? [] : [{ label: 'dataset', before: null, after: newDataset }]),
      ...(table ? [{ label: 'table', before: null, after: `${table.table} with ${facts.rowCount} rows` }] : []),
      { label: 'model', before: null, after: name },
    ],
    documents: [{ title: 'SQL', language: 'sql', before: '', after: sqlOf(input) }],
    warnings: [...warningsOf(input, facts), ...(table ? [warningOfLoad(table.table)] : [])],
    undo: { isPossible: true, note: 'The model is deleted; rows that were loaded for it stay.' },
    basis: { makesDataset: !found },
  };
}

async function applyCreation(context: Context, connections: WritableConnections): Promise<ApplyResult> {
  const { input, entityRef } = context;
  const connection = connections.ofProject(input.project);
  if (context.basis.makesDataset) await makeDataset(context, connections);
  const table = tableOf(input);
  if (table && input.source.kind === 'csv') await loadCsv(context, { connection, table, csv: input.source.csv });
  const { maximumBytesBilled } = connections.config;
  await train(context, { connection, ref: input, sql: sqlOf(input), maximumBytesBilled, isNew: true });
  const found = await gate(context, connections);
  await nameEntity(context, connections);
  return {
    result: `${formatModelRef(input)} is trained${found ? `: ${found}` : ''}.`,
    output: { model: formatModelRef(input), entityRef },
  };
}

function sqlOf(input: CreateModelInput): string {
  return trainingSql({ ...input, ref: input, replaces: false });
}

function tableOf({ project, dataset, source }: CreateModelInput): TableRef | undefined {
  return source.kind === 'csv' ? { project, dataset, table: source.table } : undefined;
}

function warningsOf({ gate: asked }: CreateModelInput, facts: SourceFacts): PlanWarning[] {
  const { rowCount } = facts;
  return [
    ...warningsOfUse(facts),
    ...(rowCount !== undefined && rowCount < fewRows
      ? [
          {
            severity: 'warning' as const,
            message: `${rowCount} rows are few: the model fits them and may fit little else.`,
          },
        ]
      : []),
    asked
      ? { severity: 'info' as const, message: `Kept only if ${describeGate(asked)}.` }
      : { severity: 'info' as const, message: 'There is no gate: the model is kept however good it is.' },
  ];
}

async function makeDataset({ step, input, runId }: Context, connections: WritableConnections): Promise<void> {
  const { project, dataset, createDataset } = input;
  const connection = connections.ofProject(project);
  const isOurs = async (signal: AbortSignal) =>
    (await findDataset(connection, input, signal))?.labels?.[runLabel] === runId;
  await step('dataset', {
    title: `Make the dataset ${dataset}`,
    async do({ signal }) {
      await connection.request({
        operation: `make the dataset ${project}.${dataset}`,
        method: 'POST',
        project,
        path: '/datasets',
        body: {
          datasetReference: { projectId: project, datasetId: dataset },
          location: createDataset?.location,
          labels: { [runLabel]: runId },
        },
        signal,
      });
    },
    confirm: async ({ signal }) => ((await isOurs(signal)) ? 'done' : 'not-done'),
    compensate: {
      title: `Delete the dataset ${dataset}`,
      do: (_, { signal }) =>
        deleteResource(connection, {
          operation: `delete the dataset ${project}.${dataset}`,
          project,
          path: datasetPath(input),
          signal,
        }),
      confirm: async (_, { signal }) => ((await isOurs(signal)) ? 'not-done' : 'done'),
    },
  });
}

async function gate({ step, input, target }: Context, connections: WritableConnections): Promise<string | undefined> {
  const asked = input.gate;
  if (!asked) return undefined;
  return step('gate', {
    title: `Keep it only if ${describeGate(asked)}`,
    async do({ signal }) {
      const ref = refOf(target);
      const model = await findModel(connections.ofProject(ref.project), ref, signal);
      return checkGate(
        asked,
        model ? (readModel(model, ref).trainingRuns.at(-1)?.evaluation ?? { kind: 'none' }) : { kind: 'none' },
      );
    },
    confirm: async () => 'not-done',
  });
}

/** The model names its entity, so that it is discovered as that, and is its own beyond doubt. */
async function nameEntity(context: Context, connections: WritableConnections): Promise<void> {
  const { step, input, entityRef } = context;
  const connection = connections.ofProject(input.project);
  const value = entityLabelOf(entityRef);
  await step('label', {
    title: `Let it name ${entityRef}`,
    async do({ signal }) {
      await connection.request({
        operation: `label the model ${formatModelRef(input)}`,
        method: 'PATCH',
        project: input.project,
        path: modelPath(input),
        body: { labels: { [entityLabel]: value }, description: input.description },
        signal,
      });
    },
    confirm: async ({ signal }) =>
      (await findModel(connection, input, signal))?.labels?.[entityLabel] === value ? 'done' : 'not-done',
  });
}

function modelExists(ref: ModelRef): Error {
  return withCode<Error, MlModelsErrorCode>(
    new ConflictError(`There is a model ${formatModelRef(ref)} already. Retrain it, or choose another name.`),
    'MODEL_EXISTS',
  );
}

function tableExists({ table }: TableRef): Error {
  return new InputError(`input.source.table: there is a table ${table} already; train on it, or choose another name`);
}

function badName(entityRef: string): Error {
  return new InputError(
    `The name of ${entityRef} has to be lower case letters, digits and dashes, at most 45 of them.`,
  );
}
