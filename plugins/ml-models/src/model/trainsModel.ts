import type { Job } from '@leitstand/plugin-ml-models-common';

/** What the operation of a retraining appends to a model's name while it does not know yet whether to take it over. */
const candidateSuffix = '__candidate_';

/** Whether a job trains a model, or what may take its place. */
export function trainsModel({ statementType, model: trained }: Pick<Job, 'statementType' | 'model'>, model: string) {
  if (statementType !== 'CREATE_MODEL' || trained === undefined) return false;
  return trained === model || trained.startsWith(`${model}${candidateSuffix}`);
}
