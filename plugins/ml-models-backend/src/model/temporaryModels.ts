import type { ModelRef } from '@leitstand/plugin-ml-models-common';

/** Digits of a run's id that make a name its own. */
const digits = 8;

/** Where a run trains before it is known whether the result is good enough. */
export function candidateOf(ref: ModelRef, runId: string): ModelRef {
  return { ...ref, model: `${ref.model}__candidate_${runId.slice(0, digits)}` };
}

/** Where a run keeps the model as it was. */
export function snapshotOf(ref: ModelRef, runId: string): ModelRef {
  return { ...ref, model: `${ref.model}__before_${runId.slice(0, digits)}` };
}

/** Whether a model is one of those: neither lists nor the catalogue show it. */
export function isTemporary({ model }: Pick<ModelRef, 'model'>): boolean {
  return /__(candidate|before)_[0-9a-f]{8}$/.test(model);
}

/** The model, written `project.dataset.model`, that a candidate of this name is trained for; every other name as it is. */
export function trainedFor(model: string): string {
  return model.replace(/__candidate_[0-9a-f]{8}$/, '');
}
