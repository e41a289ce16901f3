import type { Exchange } from '../../core';
import { BigQueryError } from '../model';
import type { Jobs } from '../jobs/Jobs';
import type { Caller } from '../jobs/JobDocument';
import type { Warehouse } from '../jobs/Warehouse';

/** A request whose route is known, with who asks. */
export interface ApiRequest {
  exchange: Exchange;
  caller: Caller;
  /** What the path names. */
  params: { project: string; dataset: string; name: string; job: string };
  query: URLSearchParams;
  body: Record<string, unknown>;
  warehouse: Warehouse;
  jobs: Jobs;
}

/** What a route answers; nothing is 204. */
export type Reply = object | undefined;

const maxJsonBytes = 10 * 1024 * 1024;

/** Reads a body. @throws BigQueryError 413 when it is longer than `maxBytes` */
export async function readBody({ request }: Exchange, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw new BigQueryError('Request payload size exceeds the limit.', { status: 413, reason: 'invalid' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws BigQueryError `invalid` when the text is no JSON object */
export function parseObject(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BigQueryError('Invalid JSON payload received.', { reason: 'invalid' });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BigQueryError('Invalid JSON payload received.', { reason: 'invalid' });
  }
  return body as Record<string, unknown>;
}

/** Reads a JSON object; no body is an empty one. @throws BigQueryError */
export async function readObject(exchange: Exchange): Promise<Record<string, unknown>> {
  const body = await readBody(exchange, maxJsonBytes);
  return body.length > 0 ? parseObject(body.toString('utf8')) : {};
}
