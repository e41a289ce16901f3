import { formatModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import type { ApplyContext, Compensation, StepContext } from '@leitstand/plugin-operations-node';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { assertUnchanged } from './assertUnchanged';
import { beginJob, followJob, runJobOf, type RunJob } from './jobSteps';

/** What is copied where. */
export interface ModelCopy {
  connection: BigQueryConnection;
  /** Of the step; different in each copy of a run. */
  key: string;
  title: string;
  from: ModelRef;
  to: ModelRef;
  /** Of what it replaces: a copy is not begun over another version. Left out, there must be nothing yet. */
  etag?: string;
  /** Takes back what the copy's job did. */
  takeBack?(job: RunJob): Compensation<void>;
}

/**
 * Copies a model by a copy job, as `bq cp` does.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/managing-models#copy_a_model}
 */
export async function copyModel(
  context: Pick<ApplyContext<unknown, unknown>, 'runId' | 'step' | 'wait'>,
  { connection, key, title, from, to, etag, takeBack }: ModelCopy,
): Promise<void> {
  const job = runJobOf(context, connection, key);
  await context.step(
    key,
    beginJob(job, {
      title,
      compensate: takeBack?.(job),
      async begin(step) {
        // A copy takes no condition: the nearest to one is to look right before it.
        if (etag !== undefined) await assertUnchanged({ connection, ref: to, etag }, step.signal);
        await beginCopy(job, { from, to, replaces: etag !== undefined }, step);
      },
    }),
  );
  await context.wait(`${key}-done`, followJob(job, { title: `Wait until ${to.model} is written` }));
}

/** Begins the job of a copy. @throws UpstreamError */
export async function beginCopy(
  { connection, project, location, jobId }: RunJob,
  { from, to, replaces }: Pick<ModelCopy, 'from' | 'to'> & { replaces: boolean },
  { signal }: Pick<StepContext, 'signal'>,
): Promise<void> {
  await connection.request({
    operation: `copy the model ${formatModelRef(from)}`,
    method: 'POST',
    path: '/jobs',
    body: {
      jobReference: { projectId: project, location, jobId },
      configuration: {
        copy: {
          sourceTable: tableOf(from),
          destinationTable: tableOf(to),
          createDisposition: 'CREATE_IF_NEEDED',
          writeDisposition: replaces ? 'WRITE_TRUNCATE' : 'WRITE_EMPTY',
        },
      },
    },
    signal,
  });
}

/** A model goes by the same reference as a table. */
function tableOf({ project, dataset, model }: ModelRef) {
  return { projectId: project, datasetId: dataset, tableId: model };
}
