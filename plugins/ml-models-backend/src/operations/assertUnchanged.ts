import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { ModelRef } from '@leitstand/plugin-ml-models-common';
import type { ApplyContext } from '@leitstand/plugin-operations-node';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { findModel } from './resources';

/** A step that stops the run where somebody changed the model since the plan. @throws ConflictError with code `PLAN_STALE` */
export async function assertUnchanged(
  { step }: Pick<ApplyContext<unknown, unknown>, 'step'>,
  { connection, ref, etag, key }: { connection: BigQueryConnection; ref: ModelRef; etag: string; key: string },
): Promise<void> {
  await step(key, {
    title: 'See that nobody changed it meanwhile',
    async do({ signal }) {
      if ((await findModel(connection, ref, signal))?.etag === etag) return;
      throw withCode(new ConflictError('The model has changed since the plan was made.'), 'PLAN_STALE');
    },
    confirm: async () => 'not-done',
  });
}
