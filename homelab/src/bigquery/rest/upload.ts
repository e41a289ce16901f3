// Uploads of load jobs: https://cloud.google.com/bigquery/docs/reference/api-uploads
import type { Exchange, Random } from '../../core';
import { BigQueryError } from '../model';
import { parseObject, readBody, type ApiRequest, type Reply } from './ApiRequest';
import { jobJson } from './jobJson';
import { jobRequest } from './jobs';

/** BigQuery's own limit for files that are loaded from a machine. */
const maxUploadBytes = 100 * 1024 * 1024;
/** Uploads that were begun and not ended; older ones are forgotten. */
const keptUploadCount = 20;

function invalid(message: string): BigQueryError {
  return new BigQueryError(message, { reason: 'invalid' });
}

/** Splits `multipart/related` (RFC 2387) into the description and the file. @throws BigQueryError `invalid` */
function splitMultipart(body: Buffer, contentType: string): { description: string; file: Buffer } {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (!boundary) throw invalid('Missing boundary in multipart upload.');
  const parts: Buffer[] = [];
  const delimiter = `--${boundary}`;
  let start = body.indexOf(delimiter);
  while (start !== -1) {
    const end = body.indexOf(`\r\n${delimiter}`, start + delimiter.length);
    if (end === -1) break;
    parts.push(body.subarray(start + delimiter.length, end));
    start = end + 2;
  }
  const [description, file] = parts.map(part => part.subarray(part.indexOf('\r\n\r\n') + 4));
  if (!description || !file) throw invalid('A multipart upload has to have two parts.');
  return { description: description.toString('utf8'), file };
}

/** Where a part of a file lies in it (`Content-Range`); undefined when nothing says so. */
function readRange({ request }: Exchange): { start: number; total?: number } | undefined {
  const [, start, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(request.headers['content-range'] ?? '') ?? [];
  if (total === undefined) return undefined;
  return { start: Number(start ?? 0), ...(total !== '*' && { total: Number(total) }) };
}

interface Upload {
  description: Record<string, unknown>;
  content: Buffer;
}

/** Begins load jobs with the files that clients send, at once or in parts. */
export class Uploads {
  private readonly uploads = new Map<string, Upload>();

  constructor(private readonly random: Random) {}

  /** Answers all requests below `/upload`. @throws BigQueryError */
  async handle(request: Omit<ApiRequest, 'body'>): Promise<Reply> {
    const { exchange, query } = request;
    const kind = query.get('uploadType');
    if (kind === 'multipart') {
      const body = await readBody(exchange, maxUploadBytes);
      const { description, file } = splitMultipart(body, exchange.request.headers['content-type'] ?? '');
      return this.load({ ...request, body: parseObject(description) }, file);
    }
    if (kind !== 'resumable') throw invalid('uploadType has to be multipart or resumable.');
    return exchange.entry.method === 'POST' ? this.begin(request) : this.resume(request);
  }

  private async load(request: ApiRequest, file: Buffer): Promise<Reply> {
    return jobJson(await request.jobs.insert(jobRequest(request, file)));
  }

  private async begin({ exchange }: Omit<ApiRequest, 'body'>): Promise<Reply> {
    const description = parseObject((await readBody(exchange, maxUploadBytes)).toString('utf8'));
    const id = this.random.text(40);
    this.uploads.set(id, { description, content: Buffer.alloc(0) });
    if (this.uploads.size > keptUploadCount) this.uploads.delete(this.uploads.keys().next().value as string);
    const { host } = exchange.request.headers;
    exchange.response.setHeader(
      'location',
      `http://${host}${exchange.url.pathname}?uploadType=resumable&upload_id=${id}`,
    );
    return {};
  }

  private async resume(request: Omit<ApiRequest, 'body'>): Promise<Reply> {
    const { exchange, query } = request;
    const id = query.get('upload_id') ?? '';
    const upload = this.uploads.get(id);
    if (!upload) throw new BigQueryError('Upload not found', { status: 404, reason: 'notFound' });
    const part = await readBody(exchange, maxUploadBytes);
    const range = readRange(exchange);
    if (part.length > 0 && (range?.start ?? 0) !== upload.content.length)
      throw invalid('Content-Range does not go on where the upload is.');
    upload.content = Buffer.concat([upload.content, part]);
    if (range && (range.total === undefined || upload.content.length < range.total)) {
      if (upload.content.length > 0) exchange.response.setHeader('range', `bytes=0-${upload.content.length - 1}`);
      exchange.response.writeHead(308, 'Resume Incomplete');
      exchange.response.end();
      return undefined;
    }
    this.uploads.delete(id);
    return this.load({ ...request, body: upload.description }, upload.content);
  }
}
