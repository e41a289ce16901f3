import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { Evaluation, Gate, MlModelsErrorCode } from '@leitstand/plugin-ml-models-common';

/** Metrics of which less is better. */
const costs: ReadonlyArray<Gate['metric']> = ['mean_absolute_error', 'log_loss'];

/** A gate in words. */
export function describeGate({ metric, bound, maximumLoss }: Gate): string {
  const isCost = costs.includes(metric);
  return [
    ...(bound === undefined ? [] : [`${metric} is at ${isCost ? 'most' : 'least'} ${bound}`]),
    ...(maximumLoss === undefined
      ? []
      : [`${metric} ${isCost ? 'rises' : 'falls'} by at most ${maximumLoss} against the model as it was`]),
  ].join(' and ');
}

/**
 * Lets a training pass or stops it.
 *
 * @param before - of the model as it was; undefined for a new one
 * @returns what was found, in words
 * @throws ConflictError with code `GATE_NOT_MET`
 */
export function checkGate(gate: Gate, evaluation: Evaluation, before?: Evaluation): string {
  const { metric, bound, maximumLoss } = gate;
  const value = valueOf(evaluation, metric);
  if (value === undefined) throw notMet(`The training says nothing of ${metric}.`);
  const sign = costs.includes(metric) ? -1 : 1;
  const found = `${metric} is ${round(value)}`;
  if (bound !== undefined && sign * value < sign * bound) {
    throw notMet(`${found}; the gate asks for at ${sign < 0 ? 'most' : 'least'} ${bound}.`);
  }
  const earlier = before && valueOf(before, metric);
  if (maximumLoss !== undefined && before && earlier === undefined) {
    throw notMet(`${found}; nothing is known of ${metric} of the model as it was.`);
  }
  if (maximumLoss !== undefined && earlier !== undefined && sign * (earlier - value) > maximumLoss) {
    throw notMet(
      `${found} and was ${round(earlier)}; the gate allows a change for the worse of at most ${maximumLoss}.`,
    );
  }
  return earlier === undefined ? found : `${found}, it was ${round(earlier)}`;
}

function valueOf(evaluation: Evaluation, metric: Gate['metric']): number | undefined {
  return evaluation.kind === 'none' ? undefined : evaluation.metrics.find(each => each.metric === metric)?.value;
}

function round(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function notMet(what: string): Error {
  return withCode<Error, MlModelsErrorCode>(new ConflictError(`The training was refused. ${what}`), 'GATE_NOT_MET');
}
