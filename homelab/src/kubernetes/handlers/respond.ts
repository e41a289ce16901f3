import { load } from 'js-yaml';
import type { Exchange } from '../../core';
import { ApiError, badRequest, unsupportedMediaType } from '../codec/ApiError';
import { isObject, type JsonObject } from '../codec/json';
import { decodeProtobuf } from '../codec/protobuf';

/** The API server's own limit of a request body. */
const maxBodyBytes = 3 * 1024 * 1024;
const acceptedObjects = 'application/json, application/yaml';

/** Answers with an object; 200 by default. */
export function respondJson(exchange: Exchange, body: unknown, status = 200): void {
  exchange.response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  exchange.response.end(JSON.stringify(body));
}

/**
 * Clients name what they can read; plain JSON has to be among it, as there is nothing else.
 * @throws ApiError 406 when it is not
 */
export function requireAcceptsJson(exchange: Exchange): void {
  const ranges = (exchange.request.headers.accept ?? '*/*').split(',').map(range => range.trim().toLowerCase());
  const isJson = ranges.some(range => /^(\*\/\*|application\/(\*|json))(;(?!as=).*)?$/.test(range));
  if (isJson || ranges.some(range => range.startsWith('text/'))) return;
  const message = 'only the following media types are accepted: application/json';
  throw new ApiError(message, { code: 406, reason: 'NotAcceptable' });
}

/** Answers 200 with plain text. */
export function respondText(exchange: Exchange, text: string): void {
  exchange.response.writeHead(200, { 'content-type': 'text/plain' });
  exchange.response.end(text);
}

/** Answers with a `Status`, and marks refusals of the homelab in the journal. */
export function respondError(exchange: Exchange, error: ApiError): void {
  const { retryAfterSeconds } = error.options.details ?? {};
  if (retryAfterSeconds !== undefined) exchange.response.setHeader('retry-after', String(retryAfterSeconds));
  if (error.options.code === 501) exchange.entry.refusal = error.message;
  respondJson(exchange, error.toStatus(), error.options.code);
}

/** The media type of the body, in lower case and without parameters; empty when there is none. */
export function contentType(exchange: Exchange): string {
  return (exchange.request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
}

/** @throws ApiError 413 when it is longer than the API server accepts */
export async function readBody(exchange: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of exchange.request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) {
      const message = `Request entity too large: limit is ${maxBodyBytes}`;
      throw new ApiError(message, { code: 413, reason: 'RequestEntityTooLarge' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws ApiError 400 when the text is neither JSON nor, where that is allowed, YAML */
export function parseBody(text: string, isYaml: boolean): unknown {
  try {
    return isYaml ? load(text) : JSON.parse(text);
  } catch (error) {
    throw badRequest(`the object provided is unrecognized (must be of type ${(error as Error).name})`);
  }
}

/** Reads an object; an empty body is an empty object. @throws ApiError 415 for a form that is not understood, 400 for no object */
export async function readObject(exchange: Exchange): Promise<JsonObject> {
  const type = contentType(exchange);
  const bytes = await readBody(exchange);
  if (bytes.length === 0) return {};
  if (type === 'application/vnd.kubernetes.protobuf') return decodeProtobuf(bytes);
  if (!['', 'application/json', 'application/yaml'].includes(type)) throw unsupportedMediaType(acceptedObjects);
  const body = parseBody(bytes.toString('utf8'), type === 'application/yaml');
  if (!isObject(body)) throw badRequest('the object provided is not an object');
  return body;
}
