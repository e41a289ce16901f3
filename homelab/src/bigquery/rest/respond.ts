import { createHash } from 'node:crypto';
import type { Exchange } from '../../core';
import { BigQueryError } from '../model';

/** `error.status` by HTTP status: https://cloud.google.com/apis/design/errors#handling_errors */
const statusNames: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

const codeNames: Partial<Record<BigQueryError['reason'], string>> = {
  conditionNotMet: 'header',
  authError: 'header',
};

/** Answers with a resource; with `etag` the client may ask for a change of just that version. */
export function respondJson(exchange: Exchange, body: object, status = 200): void {
  exchange.response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  exchange.response.end(JSON.stringify(body));
}

export function respondEmpty(exchange: Exchange): void {
  exchange.response.writeHead(204);
  exchange.response.end();
}

/** Answers in the shape of https://cloud.google.com/bigquery/docs/error-messages, and notes refusals in the journal. */
export function respondError(exchange: Exchange, error: BigQueryError): void {
  const { status: code, reason, location, message } = error;
  if (code === 501 || /^The homelab (?!failed)/.test(message)) exchange.entry.refusal = message;
  const locationType = location && (codeNames[reason] ?? 'parameter');
  const details = { message, domain: 'global', reason, ...(location && { location, locationType }) };
  respondJson(exchange, { error: { code, message, errors: [details], status: statusNames[code] ?? 'UNKNOWN' } }, code);
}

/** The version of a resource: the same for the same content. */
export function etagOf(resource: object): string {
  return createHash('sha256').update(JSON.stringify(resource)).digest('base64').slice(0, 24);
}

/** @throws BigQueryError 412 when the client wants to change another version than the one there is */
export function checkEtag({ request }: Exchange, etag: string): void {
  const wanted = request.headers['if-match'];
  if (!wanted || wanted === '*' || wanted.replaceAll('"', '') === etag) return;
  throw new BigQueryError('Precondition check failed.', {
    status: 412,
    reason: 'conditionNotMet',
    location: 'If-Match',
  });
}
