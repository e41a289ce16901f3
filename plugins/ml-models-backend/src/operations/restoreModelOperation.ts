import { formatModelRef, retrainModelPermission } from '@leitstand/plugin-ml-models-common';
import { defineOperation } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { readModel } from '../model/readModel';
import { isTemporary } from '../model/temporaryModels';
import { copyModel } from './copyModel';
import { modelNamingSchema, namingOf, patchModel } from './modelNaming';
import { isModelEntity, modelNotFound, refOf, resolveModel } from './modelTarget';
import { etagOf } from './planStale';
import { findModel } from './resources';
import type { WritableConnections } from './WritableConnections';

/** Brings a model back as it was before it was retrained. */
export function createRestoreModelOperation(connections: WritableConnections) {
  return defineOperation({
    id: 'ml-models-restore',
    title: 'Restore model',
    description: 'Brings the model back as it was before it was retrained.',
    permission: retrainModelPermission,
    input: z.object({ snapshot: z.string().regex(/^[A-Za-z0-9_-]{1,1024}$/) }).strict(),
    basis: z.object({ etag: z.string(), naming: modelNamingSchema }),
    appliesTo: isModelEntity,
    resolve: context => resolveModel(connections, context),
    async plan({ resolved, input, signal }) {
      const ref = refOf(resolved.target);
      const snapshot = { ...ref, model: input.snapshot };
      const connection = connections.ofProject(ref.project);
      const [model, kept] = await Promise.all([
        findModel(connection, ref, signal),
        findModel(connection, snapshot, signal),
      ]);
      if (!model) throw modelNotFound(ref);
      const isKept = isTemporary(snapshot) && input.snapshot.startsWith(`${ref.model}__before_`);
      if (!kept || !isKept) throw modelNotFound(snapshot);
      return {
        summary: `Restore the model ${formatModelRef(ref)}`,
        changes: [
          { label: 'training', before: readModel(model, ref).modifiedAt, after: readModel(kept, snapshot).modifiedAt },
        ],
        undo: { isPossible: false, note: 'The training that it takes back is not kept; train again.' },
        basis: { etag: etagOf(model, ref), naming: namingOf(model) },
      };
    },
    async apply(context) {
      const ref = refOf(context.target);
      const from = { ...ref, model: context.input.snapshot };
      const connection = connections.ofProject(ref.project);
      await copyModel(context, {
        connection,
        key: 'restore',
        title: `Restore ${formatModelRef(ref)}`,
        from,
        to: ref,
        etag: context.basis.etag,
      });
      await context.step('name', {
        title: 'Name it as before',
        do: ({ signal }) =>
          patchModel(connection, ref, { body: { ...context.basis.naming, expirationTime: '0' }, signal }),
        confirm: async () => 'not-done',
      });
      return `${formatModelRef(ref)} is as it was.`;
    },
  });
}
