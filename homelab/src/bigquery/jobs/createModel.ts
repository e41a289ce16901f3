import { checkTraining, trainModel, type TrainedModel } from '../ml';
import { BigQueryError, type CompiledStatement, type IterationResult, type OptionValue } from '../model';
import { alreadyExists, idOf } from '../storage/resources';
import { runQuery } from './runCompiled';
import { sleep } from './sleep';
import type { StatementContext, StatementResult } from './statements';

/** BigQuery's default for models that are trained in steps. */
const defaultMaxIterations = 20;

/** A cancelled job, in BigQuery's words. */
export function stopped(): BigQueryError {
  const message = 'Job execution was cancelled: User requested cancellation';
  return new BigQueryError(message, { status: 499, reason: 'stopped' });
}

function maxIterationsOf(options: Record<string, OptionValue>): number {
  const given = Object.entries(options).find(([name]) => name.toLowerCase() === 'max_iterations');
  return Math.max(1, Number(given?.[1] ?? defaultMaxIterations));
}

/** `MlStatistics.iterationResults` and what goes with it. */
function mlStatistics(iterations: IterationResult[], maxIterations: number): Record<string, unknown> {
  const iterationResults = iterations.map(({ index, trainingLoss, evalLoss, learnRate, durationMs }) => ({
    index,
    durationMs: String(Math.round(durationMs)),
    trainingLoss,
    ...(evalLoss !== null && { evalLoss }),
    ...(learnRate !== null && { learnRate }),
  }));
  return { maxIterations: String(maxIterations), iterationResults, trainingType: 'SINGLE_TRAINING' };
}

/** Trains a model over at least the configured time, spread over its iterations; what is made stays unseen if it fails. */
export async function createModel(
  context: StatementContext,
  statement: Extract<CompiledStatement, { kind: 'create-model' }>,
): Promise<StatementResult> {
  const { catalog } = context.warehouse;
  const { model, mode, options, query } = statement;
  catalog.dataset(model);
  const existing = catalog.findModel(model);
  if (existing && mode === 'if-not-exists') {
    return { reads: new Map(), statistics: { ddlOperationPerformed: 'SKIP' } };
  }
  if (existing && mode === 'create') throw alreadyExists('Model', idOf(model));
  const { relation, reads } = await runQuery(context, query);
  checkTraining(relation.fields, options);
  const operation = existing ? 'REPLACE' : 'CREATE';
  if (!context.isDry) {
    const trained = await train(context, statement, relation);
    if (context.signal.aborted) throw stopped();
    await catalog.putModel(model, trained, {});
  }
  return { reads, statistics: { ddlOperationPerformed: operation } };
}

async function train(
  context: StatementContext,
  { model, options }: Extract<CompiledStatement, { kind: 'create-model' }>,
  relation: Awaited<ReturnType<typeof runQuery>>['relation'],
): Promise<TrainedModel> {
  const { trainings, clock, durations } = context.warehouse;
  const { signal } = context;
  const maxIterations = maxIterationsOf(options);
  const startedAt = clock.now();
  const iterations: IterationResult[] = [];
  using _training = trainings.begin({ model, options, startedAt, iterations });
  const onIteration = async (result: IterationResult) => {
    iterations.push(result);
    context.report({ mlStatistics: mlStatistics(iterations, maxIterations) });
    await sleep(clock, durations.createModel / (maxIterations + 1), signal);
  };
  try {
    const trained = await trainModel({ relation, options }, { signal, onIteration, now: () => new Date(clock.now()) });
    await sleep(clock, startedAt + durations.createModel - clock.now(), signal);
    return trained;
  } catch (error) {
    throw signal.aborted ? stopped() : error;
  }
}
