import type { ModelRef } from '@leitstand/plugin-ml-models-common';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { planStale } from './planStale';
import { findModel } from './resources';

/** A model in the version that a plan was made for. */
export interface PlannedModel {
  connection: BigQueryConnection;
  ref: ModelRef;
  etag: string;
}

/** For what upstream cannot make depend on a version. @throws ConflictError with code `PLAN_STALE`; UpstreamError */
export async function assertUnchanged({ connection, ref, etag }: PlannedModel, signal: AbortSignal): Promise<void> {
  if ((await findModel(connection, ref, signal))?.etag !== etag) throw planStale();
}
