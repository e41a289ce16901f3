import type bigquery from '@google-cloud/bigquery/build/src/types';
import { formatModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import type { ApplyContext, PlanDraft } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { assertUnchanged } from './assertUnchanged';
import { refOf } from './modelTarget';
import { etagOf, ifUnchanged } from './planStale';
import { deleteResource, findModel, modelPath } from './resources';
import type { WritableConnections } from './WritableConnections';

/** Version of the model that is to be deleted. */
export const deletionBasisSchema = z.object({ etag: z.string() });
type Basis = z.infer<typeof deletionBasisSchema>;

/** What deleting a model means. */
export function planDeletion(ref: ModelRef, model: bigquery.IModel): PlanDraft<Basis> {
  const name = formatModelRef(ref);
  return {
    summary: `Delete the model ${name}`,
    changes: [{ label: 'model', before: name, after: null }],
    warnings: [{ severity: 'warning', message: 'Services that ask this model for predictions fail from then on.' }],
    undo: { isPossible: false, note: 'BigQuery keeps nothing of a deleted model; it would have to be trained again.' },
    basis: { etag: etagOf(model, ref) },
  };
}

/** Deletes the model of the run's target, unless it has changed. @throws ConflictError with code `PLAN_STALE` */
export async function applyDeletion(
  connections: WritableConnections,
  { target, basis, step }: Pick<ApplyContext<unknown, Basis>, 'target' | 'basis' | 'step'>,
): Promise<string> {
  const ref = refOf(target);
  const connection = connections.ofProject(ref.project);
  await step('delete', {
    title: `Delete ${formatModelRef(ref)}`,
    async do({ signal }) {
      const { etag } = basis;
      await assertUnchanged({ connection, ref, etag }, signal);
      const operation = `delete the model ${formatModelRef(ref)}`;
      const headers = { 'If-Match': etag };
      await ifUnchanged(
        deleteResource(connection, { operation, project: ref.project, path: modelPath(ref), headers, signal }),
      );
    },
    confirm: async ({ signal }) => ((await findModel(connection, ref, signal)) ? 'not-done' : 'done'),
  });
  return `${formatModelRef(ref)} is deleted.`;
}
