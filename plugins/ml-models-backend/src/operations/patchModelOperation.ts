import type bigquery from '@google-cloud/bigquery/build/src/types';
import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { formatModelRef } from '@leitstand/plugin-ml-models-common';
import type { Change } from '@leitstand/plugin-operations-common';
import { defineOperation, type JsonValue, type Operation } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { patchModel } from './modelNaming';
import { isModelEntity, modelNotFound, refOf, resolveModel } from './modelTarget';
import { etagOf, ifUnchanged } from './planStale';
import { findModel } from './resources';
import type { WritableConnections } from './WritableConnections';

/** What a change of a model's resource is about. */
export interface ModelPatch<TInput extends z.ZodTypeAny> extends Pick<
  Operation<TInput>,
  'id' | 'title' | 'description' | 'permission' | 'input'
> {
  summary: string;
  /** Fields of the resource as they shall be. */
  bodyOf(input: z.output<TInput>, model: bigquery.IModel): Record<string, JsonValue>;
  /** The same fields of a model, for the way back and to see whether it is done. */
  valueOf(model: bigquery.IModel): Record<string, JsonValue>;
  changesOf(before: bigquery.IModel, body: Record<string, JsonValue>): Change[];
  /** The input that brings fields back. */
  inputOf(before: Record<string, JsonValue>): { [key: string]: JsonValue };
}

const basisSchema = z.object({
  etag: z.string(),
  before: z.record(z.custom<JsonValue>()),
  body: z.record(z.custom<JsonValue>()),
});

/** An operation that changes fields of a model's resource, unless somebody else was faster. */
export function createPatchModelOperation<TInput extends z.ZodTypeAny>(
  connections: WritableConnections,
  patch: ModelPatch<TInput>,
) {
  const { id, title, description, permission, input } = patch;
  return defineOperation({
    id,
    title,
    description,
    permission,
    input,
    basis: basisSchema,
    appliesTo: isModelEntity,
    resolve: context => resolveModel(connections, context),
    async plan({ resolved, input: wanted, signal }) {
      const ref = refOf(resolved.target);
      const model = await findModel(connections.ofProject(ref.project), ref, signal);
      if (!model) throw modelNotFound(ref);
      const body = patch.bodyOf(wanted, model);
      const before = patch.valueOf(model);
      const changes = patch.changesOf(model, body);
      if (changes.length === 0) {
        throw withCode(new ConflictError('The model is as asked already.'), 'NOTHING_TO_CHANGE');
      }
      return {
        summary: `${patch.summary} ${formatModelRef(ref)}`,
        changes,
        undo: { isPossible: true, note: 'What was there before comes back.' },
        basis: { etag: etagOf(model, ref), before, body },
      };
    },
    async apply({ target, basis, step }) {
      const ref = refOf(target);
      const connection = connections.ofProject(ref.project);
      await step('patch', {
        title: patch.title,
        async do({ signal }) {
          const { body, etag } = basis;
          await ifUnchanged(patchModel(connection, ref, { body, etag, signal }));
        },
        async confirm({ signal }) {
          const model = await findModel(connection, ref, signal);
          if (!model) return 'unknown';
          return isEqual(patch.valueOf(model), basis.body)
            ? 'done'
            : model.etag === basis.etag
              ? 'not-done'
              : 'unknown';
        },
      });
      return `${formatModelRef(ref)} is changed.`;
    },
    undo: async ({ basis }) => ({ operation: id, input: patch.inputOf(basis.before) }),
  });
}

function isEqual(value: Record<string, JsonValue>, body: Record<string, JsonValue>): boolean {
  const sorted = (fields: unknown) =>
    JSON.stringify(fields, (_, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(
            Object.entries(each)
              .filter(([, part]) => part !== null)
              .sort(),
          )
        : each,
    );
  return sorted(value) === sorted(body);
}
