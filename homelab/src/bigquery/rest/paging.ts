import { BigQueryError } from '../model';

/** Where a page begins and how much it may hold. */
export interface Page {
  startIndex: number;
  maxResults: number;
}

/** What a response may hold at most. */
const maxPageBytes = 10 * 1024 * 1024;

/** @throws BigQueryError `invalid` when a number or a token is none */
export function readPage(query: URLSearchParams, defaultMaxResults: number): Page {
  const token = query.get('pageToken');
  const start = token ? Buffer.from(token, 'base64url').toString() : (query.get('startIndex') ?? '0');
  const maxResults = query.get('maxResults') ?? String(defaultMaxResults);
  if (!/^\d+$/.test(start)) throw invalid('pageToken');
  if (!/^\d+$/.test(maxResults)) throw invalid('maxResults');
  return { startIndex: Number(start), maxResults: Number(maxResults) };
}

function invalid(location: string): BigQueryError {
  return new BigQueryError(`Invalid value for: ${location} is not a valid value`, { reason: 'invalid', location });
}

/** For the next request, `index` being the first that was left out. */
export function pageToken(index: number): string {
  return Buffer.from(String(index)).toString('base64url');
}

/** A page of a list, with the token of the next one if there is one. */
export function pageOf<T>(
  items: T[],
  query: URLSearchParams,
  defaultMaxResults = 50,
): { items: T[]; nextPageToken?: string } {
  const { startIndex, maxResults } = readPage(query, defaultMaxResults);
  const end = startIndex + maxResults;
  return { items: items.slice(startIndex, end), ...(end < items.length && { nextPageToken: pageToken(end) }) };
}

/** Cuts rows off a page that would be too large. */
export function fitting<T>(rows: T[]): T[] {
  let sizeBytes = 0;
  const end = rows.findIndex(row => {
    sizeBytes += JSON.stringify(row).length;
    return sizeBytes > maxPageBytes;
  });
  return end === -1 ? rows : rows.slice(0, Math.max(end, 1));
}
