import { UpstreamError } from '@leitstand/plugin-kit-common';
import type { BigQueryConnection, BigQueryRequest } from './BigQueryConnection';

/** What pages of lists have in common. */
interface Page {
  nextPageToken?: string;
}

/** Most things on a page. */
const pageSize = 1000;
/** Most pages of one list: a million things. */
const maxPageCount = 1_000;

/**
 * The pages of a list, one request each; whoever has read enough stops.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/paging-results}
 *
 * @throws UpstreamError; with code `UPSTREAM_UNREADABLE` when the list does not come to an end
 */
export async function* pagesOf<TPage extends Page>(
  connection: BigQueryConnection,
  request: BigQueryRequest,
): AsyncGenerator<TPage> {
  let pageToken: string | undefined;
  for (let count = 0; count < maxPageCount; count += 1) {
    const query = { ...request.query, maxResults: pageSize, pageToken };
    const page = await connection.request<TPage>({ ...request, query });
    yield page;
    const next = page.nextPageToken || undefined;
    if (next === undefined) return;
    if (next === pageToken) break;
    pageToken = next;
  }
  const { operation } = request;
  throw new UpstreamError(`BigQuery (${connection.name}): the list does not come to an end (${operation}).`, {
    code: 'UPSTREAM_UNREADABLE',
    system: connection.name,
    operation,
  });
}
