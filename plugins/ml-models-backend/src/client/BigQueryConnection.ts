import { BigQuery, type BigQueryOptions } from '@google-cloud/bigquery';
import { recordUpstreamCall, type UpstreamCall } from '@leitstand/plugin-kit-node';
import { OAuth2Client } from 'google-auth-library';
import type { ConnectionConfig } from '../config';
import { timeoutError, upstreamErrorOf } from './bigQueryErrors';
import { LastWord } from './LastWord';

/** One request to the API, below a project. */
export interface BigQueryRequest {
  /** For people, for example `list the datasets of homelab-lamp`. */
  operation: string;
  /** A field that every right answer has; an answer without it is somebody else's. */
  answerHas?: string;
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Default: the one that is billed. */
  project?: string;
  /** Below the project, encoded, for example `/datasets/weather_analysis/models`. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: object;
  headers?: Record<string, string>;
  /** Stops the waiting; what upstream does goes on. */
  signal?: AbortSignal;
  /** Default: 30,000. */
  timeoutMs?: number;
}

/** What a connection may be told besides its configuration. */
export interface BigQueryConnectionOptions {
  /** Told of each request that ended. Default: the metrics. */
  onRequest?: (call: UpstreamCall) => void;
}

const defaultTimeoutMs = 30_000;

/** One set of credentials for BigQuery. Requests go through the official client: its authentication and agent. */
export class BigQueryConnection {
  readonly config: ConnectionConfig;
  readonly #client: BigQuery;
  readonly #onRequest: (call: UpstreamCall) => void;
  readonly #lastWord = new LastWord();

  constructor(config: ConnectionConfig, options: BigQueryConnectionOptions = {}) {
    this.config = config;
    this.#onRequest = options.onRequest ?? recordUpstreamCall;
    this.#client = new BigQuery({
      projectId: config.projectId,
      location: config.location,
      apiEndpoint: config.apiEndpoint,
      ...authOf(config),
      userAgent: 'leitstand',
      // Readers ask again by themselves, with the last answer meanwhile; a person should not wait for seconds on end.
      retryOptions: { autoRetry: false },
    });
  }

  get name(): string {
    return this.config.name;
  }

  /** The client itself, for uploads. */
  get client(): BigQuery {
    return this.#client;
  }

  /** Whether the last request failed because of BigQuery or the way there; asks nothing. */
  get isFailing(): boolean {
    return this.#lastWord.isFailure;
  }

  /** @throws UpstreamError; the signal's reason */
  async request<T>(request: BigQueryRequest): Promise<T> {
    const { operation, signal, timeoutMs = defaultTimeoutMs } = request;
    const call = { connection: this.name, operation };
    const startedAt = performance.now();
    let result = 'ok';
    try {
      return await within<T>(this.#send<T>(request), {
        signal,
        timeoutMs,
        onTimeout: () => timeoutError(call, timeoutMs),
      });
    } catch (error) {
      result = 'aborted';
      signal?.throwIfAborted();
      const upstreamError = isOwn(error) ? error : upstreamErrorOf(call, error);
      result = upstreamError.code;
      throw upstreamError;
    } finally {
      this.#lastWord.hear(result);
      this.#onRequest({
        system: 'bigquery',
        connection: this.name,
        operation: kindOf(request),
        result,
        seconds: (performance.now() - startedAt) / 1000,
      });
    }
  }

  #send<T>({ method = 'GET', project, path, query = {}, body, headers, answerHas }: BigQueryRequest): Promise<T> {
    const qs = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
    return new Promise<T>((resolve, reject) => {
      this.#client.request(
        { method, uri: path, qs, headers, ...(project ? { projectId: project } : {}), ...(body ? { json: body } : {}) },
        (error: unknown, answer?: unknown) => {
          if (error) reject(error as Error);
          // The client hands over as text what it cannot parse, for example the page of a proxy.
          else if (isAnswer(answer, { method, answerHas })) resolve(answer as T);
          else reject(new SyntaxError("The answer is not BigQuery's"));
        },
      );
    });
  }
}

/** The method and what lies at the path without whose it is, for example `GET datasets/models`: few, as labels should be. */
function kindOf({ method = 'GET', path }: BigQueryRequest): string {
  const kinds = path.split('/').filter((_, index) => index % 2 === 1);
  return `${method} ${kinds.join('/')}`;
}

function isAnswer(answer: unknown, { method, answerHas }: Pick<BigQueryRequest, 'method' | 'answerHas'>): boolean {
  if (method === 'DELETE') return true; // answered with nothing
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return false;
  return answerHas === undefined || answerHas in answer;
}

function isOwn(error: unknown): error is ReturnType<typeof timeoutError> {
  return error instanceof Error && error.name === 'UpstreamError';
}

/** Without anything given the library finds application default credentials. */
function authOf({ accessToken, keyFile, credentials }: ConnectionConfig): Partial<BigQueryOptions> {
  if (accessToken === undefined) return { keyFilename: keyFile, credentials };
  const client = new OAuth2Client();
  client.setCredentials({ access_token: accessToken });
  // The client library brings its own copy of the same release, whose classes TypeScript tells apart by private fields.
  return { authClient: client as unknown as BigQueryOptions['authClient'] };
}

async function within<T>(
  promise: Promise<T>,
  options: { signal: AbortSignal | undefined; timeoutMs: number; onTimeout: () => Error },
): Promise<T> {
  const { signal, timeoutMs, onTimeout } = options;
  signal?.throwIfAborted();
  let stop = () => {};
  const ended = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(onTimeout()), timeoutMs);
    const onAbort = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', onAbort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
  });
  try {
    return await Promise.race([promise, ended]);
  } finally {
    stop();
    promise.catch(() => {}); // nobody waits for it any more
  }
}
