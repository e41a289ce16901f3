import { UpstreamError } from '@leitstand/plugin-kit-common';
import type { BigQueryConnection, BigQueryRequest } from './BigQueryConnection';

/** What there is; undefined where there is nothing. @throws UpstreamError for every other reason */
export async function findResource<T>(
  connection: BigQueryConnection,
  request: BigQueryRequest,
): Promise<T | undefined> {
  try {
    return await connection.request<T>(request);
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'UPSTREAM_NOT_FOUND') return undefined;
    throw error;
  }
}
