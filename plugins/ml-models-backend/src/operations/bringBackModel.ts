import { ConflictError } from '@backstage/errors';
import { formatModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import type { Compensation } from '@leitstand/plugin-operations-node';
import { beginCopy } from './copyModel';
import { beginJob, endsWell, takeBackJob, type RunJob } from './jobSteps';
import { patchModel, type ModelNaming } from './modelNaming';

/** Brings a model back that a copy job replaced, from the copy of it as it was, under its labels and description. */
export function bringBackModel(
  replacing: RunJob,
  { ref, from, naming }: { ref: ModelRef; from: ModelRef; naming: ModelNaming },
): Compensation<void> {
  const title = `Bring ${formatModelRef(ref)} back as it was`;
  const job = { ...replacing, jobId: `${replacing.jobId}_undo` };
  return takeBackJob(replacing, {
    title,
    async remove(context) {
      const begin = () => beginCopy(job, { from, to: ref, replaces: true }, context);
      await beginJob(job, { title, begin }).do({ ...context, progress: () => {} });
      if (!(await endsWell(job, context.signal))) throw new ConflictError('The copy of the model failed.');
      await patchModel(replacing.connection, ref, { body: naming, signal: context.signal });
    },
    isThere: async () => true, // bringing it back twice is bringing it back once
  });
}
